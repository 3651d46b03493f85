import { afterEach, beforeEach, expect, test } from "vitest";
import { openTestCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { MigrationListView } from "@/lib/contracts/migration-list";
import { listMigrations } from "./list-migrations";

let world: TestCtx;

beforeEach(async () => {
  world = await openTestCtx();
  for (const id of ["sound", "foreign", "also_sound"]) {
    await world.ctx.db.migration.create({
      data: { id, name: id, status: "draft", phase: "preflight", draft: EMPTY_DRAFT, createdBy: "t" },
    });
  }
});
afterEach(() => world.close());

test("one migration that this version can't read is named, and the others are listed", async () => {
  const { ctx } = world;
  await ctx.db.migration.update({ where: { id: "foreign" }, data: { status: "of_a_later_version" } });
  const list = MigrationListView.parse(await listMigrations({ ctx, input: {} }));
  expect(list.migrations.map(({ id }) => id).sort()).toEqual(["also_sound", "sound"]);
  expect(list.unreadable).toEqual([
    { id: "foreign", name: "foreign", at: { table: "Migration", id: "foreign", column: "status" } },
  ]);
});

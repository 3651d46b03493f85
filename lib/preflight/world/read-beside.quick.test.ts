import { afterEach, beforeAll, expect, test } from "vitest";
import { OPENING_MS, openQuickCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { readBeside } from "./read-beside";

let world: TestCtx;
beforeAll(async () => (await openQuickCtx()).close(), 2 * OPENING_MS);
afterEach(() => world.close());

test("others that have begun count, by their sizes while they are not restored; drafts, ended ones and oneself do not", async () => {
  world = await openQuickCtx();
  const { db } = world.ctx;
  const wave = {
    id: "w",
    name: "w",
    form: {},
    rules: {},
    plans: {},
    createdBy: "x",
    createdAt: world.clock.at,
  };
  await db.wave.create({ data: wave });
  const draftOf = (databaseBytes: number | null) => ({
    ...EMPTY_DRAFT,
    plan: { ...EMPTY_DRAFT.plan, databaseBytes },
  });
  const rows = [
    { id: "own", draft: draftOf(100) },
    { id: "under way", draft: draftOf(30) },
    { id: "restored", draft: draftOf(500), targetLsn: "42" },
    { id: "unknown", draft: draftOf(null) },
    { id: "draft", draft: draftOf(7), status: "draft" },
    { id: "cancelled", draft: draftOf(7), status: "cancelled" },
    { id: "online", draft: draftOf(7), onlineAt: world.clock.at },
    { id: "elsewhere", draft: draftOf(7), instanceId: "rm-2" },
    { id: "member", draft: draftOf(2), waveId: "w" },
  ];
  for (const row of rows)
    await db.migration.create({
      data: {
        ...{ name: row.id, status: "running", phase: "preflight", instanceId: "rm-1", createdBy: "x" },
        ...row,
      },
    });
  expect(await readBeside(world.ctx, "rm-1", "own")).toEqual({ count: 4, bytes: 32, imports: 16 });
  // Its wave counts for it.
  expect(await readBeside(world.ctx, "rm-1", "member")).toEqual({ count: 0, bytes: 0, imports: 0 });
  expect(await readBeside(world.ctx, "rm-1", null)).toMatchObject({ count: 5, bytes: 132 });
});

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { OPENING_MS, openQuickCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { cloneDraft } from "../draft/clone-draft";
import { archiveMigration } from "./archive-migration";

let w: TestCtx;
beforeAll(async () => {
  w = await openQuickCtx();
}, OPENING_MS);
afterAll(() => w.close());

const DRAFT = {
  ...EMPTY_DRAFT,
  sourceDatabase: "Sales",
  targetDatabase: "Sales",
  firstObjectKey: "sales/full.bak",
  writesStopped: true,
  plan: { ...EMPTY_DRAFT.plan, cutoverAt: "2026-05-04T20:00:00.000Z" },
};

beforeEach(async () => {
  const { db } = w.ctx;
  await db.migrationEvent.deleteMany();
  await db.migration.deleteMany();
  await db.migration.create({
    data: {
      id: "m",
      name: "Sales",
      status: "cancelled",
      phase: "rounds",
      draft: DRAFT,
      createdBy: "test",
      sourceDatabase: "Sales",
      startedAt: w.clock.at,
      finishedAt: w.clock.at,
    },
  });
});

const archive = (archived: boolean, role: "viewer" | "operator" = "operator") =>
  archiveMigration({ ctx: w.as(role), input: { migrationId: "m", archived } });
/** Of those that the home page asks for. */
const home = async () =>
  (await w.ctx.db.migration.findMany({ where: { archivedAt: null } })).map(({ id }) => id);
const told = async () =>
  (await w.ctx.db.migrationEvent.findMany({ where: { type: "archived" } })).map(({ payload }) => payload);

test("put away, the home page does without it; nothing is deleted, and it is brought back", async () => {
  expect(await home()).toEqual(["m"]);
  await archive(true);
  await archive(true);
  expect(await home()).toEqual([]);
  expect(await w.ctx.db.migration.count()).toBe(1);
  await archive(false);
  expect(await home()).toEqual(["m"]);
  expect(await told()).toEqual([{ archived: true }, { archived: false }]);
});

test("what may still go on is not put away, nor is anything by who only looks", async () => {
  await expect(archive(true, "viewer")).rejects.toMatchObject({ fields: { code: "forbidden" } });
  await w.ctx.db.migration.update({ where: { id: "m" }, data: { status: "failed" } });
  await expect(archive(true)).rejects.toMatchObject({ fields: { reason: "archive_too_early" } });
  expect(await home()).toEqual(["m"]);
});

test("a cancelled one is begun again as a draft of its own, without what was of that one alone", async () => {
  const { id, draft } = await cloneDraft({ ctx: w.as("operator"), input: { migrationId: "m" } });
  expect(id).not.toBe("m");
  expect(draft).toMatchObject({
    sourceDatabase: "Sales",
    targetDatabase: "Sales",
    firstObjectKey: null,
    writesStopped: false,
    plan: { startAt: null, cutoverAt: null },
    step: "review",
  });
  expect(await w.ctx.db.migration.findUnique({ where: { id: "m" } })).toMatchObject({ status: "cancelled" });
  await expect(cloneDraft({ ctx: w.ctx, input: { migrationId: "none" } })).rejects.toMatchObject({
    fields: { reason: "migration_not_found" },
  });
});

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { OPENING_MS, openQuickCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import type { OnceKind } from "@/lib/migration/vocabulary/once-kind";
import { actOnMigration } from "./act-on-migration";

let world: TestCtx;

beforeAll(async () => {
  world = await openQuickCtx();
}, OPENING_MS);
afterAll(() => world.close());

/** A migration whose one step, with its call, is `unknown`. */
async function unknownStep(kind: OnceKind): Promise<void> {
  const { db, now } = world.ctx;
  const migration = { id: "m", name: "Shop", phase: "rounds", draft: EMPTY_DRAFT, createdBy: "test" };
  await db.migration.create({
    data: { ...migration, status: "unknown", instanceId: "rm-1", targetDatabase: "Shop", rdsTaskId: "7" },
  });
  const file = { id: "f", migrationId: "m", name: "a.trn", objectKey: "a.trn", state: "inspected" };
  await db.backupFile.create({ data: file });
  const step = { id: "s", migrationId: "m", key: `${kind}:0`, kind, nature: "once", ordinal: 1 };
  const input = kind === "backup" ? { backup: "log", tail: true, final: true } : {};
  await db.migrationStep.create({ data: { ...step, status: "unknown", fileId: "f", input } });
  const call = {
    id: "c",
    kind,
    subject: "x",
    item: "y",
    connectionId: "c",
    databaseName: "Shop",
    request: {},
  };
  await db.onceCall.create({
    data: {
      ...call,
      migrationId: "m",
      stepId: "s",
      outcome: "unknown",
      actor: "engine",
      intendedAt: now(),
      lookingSince: now(),
    },
  });
}

beforeEach(async () => {
  const { db } = world.ctx;
  await db.onceCall.deleteMany();
  await db.migrationEvent.deleteMany();
  await db.driftAlarm.deleteMany();
  await db.migrationStep.deleteMany();
  await db.backupFile.deleteMany();
  await db.migration.deleteMany();
});

const resolve = (outcome: "happened" | "did_not_happen", rdsTaskId: string | null = null) =>
  actOnMigration({
    ctx: world.as("operator"),
    input: { migrationId: "m", action: { type: "resolve_unknown", stepId: "s", outcome, rdsTaskId } },
  });
const call = () => world.ctx.db.onceCall.findUniqueOrThrow({ where: { id: "c" } });
const step = () => world.ctx.db.migrationStep.findUniqueOrThrow({ where: { id: "s" } });

test.each<[OnceKind, "happened" | "did_not_happen", object, string]>([
  ["import", "happened", { outcome: "accepted", settledBy: "person", reference: "9" }, "succeeded"],
  ["import", "did_not_happen", { outcome: "absent", settledBy: "person", reference: null }, "queued"],
  ["open", "happened", { outcome: "accepted", settledBy: "person", reference: "7" }, "succeeded"],
  ["open", "did_not_happen", { outcome: "absent", settledBy: "person" }, "queued"],
  // msdb is asked again: only it tells what is in the backup.
  ["backup", "happened", { outcome: "intended", settledAt: null, lookingSince: null }, "queued"],
  ["backup", "did_not_happen", { outcome: "absent", settledBy: "person" }, "queued"],
])("%s: a person says %s", async (kind, outcome, settled, status) => {
  await unknownStep(kind);
  await resolve(outcome, kind === "import" ? "9" : null);
  expect(await call()).toMatchObject(settled);
  expect((await step()).status).toBe(status);
});

test("of an import that happened RDS's task must be known", async () => {
  await unknownStep("import");
  await world.ctx.db.migration.update({ where: { id: "m" }, data: { rdsTaskId: null } });
  await expect(resolve("happened")).rejects.toMatchObject({ fields: { reason: "rds_task_id_needed" } });
  expect(await call()).toMatchObject({ outcome: "unknown", settledAt: null });
});

test("a migration that is given up asks nobody any more, and holds nobody up", async () => {
  await unknownStep("import");
  await actOnMigration({
    ctx: world.as("operator"),
    input: { migrationId: "m", action: { type: "cancel" } },
  });
  expect(await call()).toMatchObject({
    outcome: "unknown",
    settledBy: "person",
    settledAt: world.clock.at,
  });
});

test("a retry of a failed import keeps the record of the first: it is looked for before another is made", async () => {
  await unknownStep("import");
  const { db } = world.ctx;
  await db.onceCall.update({
    where: { id: "c" },
    data: { outcome: "accepted", settledBy: "answer", settledAt: world.clock.at, reference: "7" },
  });
  await db.migrationStep.update({ where: { id: "s" }, data: { status: "succeeded" } });
  const wait = { id: "w", migrationId: "m", key: "await_import:0", kind: "await_import", ordinal: 2 };
  await db.migrationStep.create({
    data: { ...wait, nature: "repeatable", status: "failed", fileId: "f", input: {} },
  });
  for (const kind of ["target_deleted", "foreign_log"])
    await db.driftAlarm.create({
      data: {
        ...{ id: kind, migrationId: "m", kind, fingerprint: "7", evidence: {} },
        ...{ raisedAt: world.clock.at, lastSeenAt: world.clock.at },
      },
    });
  await actOnMigration({
    ctx: world.as("operator"),
    input: { migrationId: "m", action: { type: "retry_step", stepId: "w" } },
  });
  expect(await call()).toMatchObject({ outcome: "accepted", reference: "7" });
  const again = await db.migrationStep.findFirst({ where: { kind: "import", status: "queued" } });
  expect(again).toMatchObject({ fileId: "f", key: "import:0" });
  // What became of the last task's target is told no more: another is about to be made.
  const open = await db.driftAlarm.findMany({ where: { clearedAt: null } });
  expect(open.map(({ kind }) => kind)).toEqual(["foreign_log"]);
});

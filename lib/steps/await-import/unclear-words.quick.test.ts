import { afterEach, beforeEach, expect, test } from "vitest";
import { toHeaderJson } from "@/lib/backup/header-json";
import { full } from "@/lib/chain/chain-sets-fixture";
import { only } from "@/lib/context/open-test-ctx";
import { ExternalError } from "@/lib/diagnosis/external-error";
import { snapshotOf } from "@/lib/plan/snapshot-of";
import { standingOf } from "@/lib/plan/standing";
import type { RdsAccount, RdsFile, RdsTask } from "@/lib/rds/rds-account";
import { loadMigration } from "@/lib/store/migration-rows";
import { rdsFile, rdsTask } from "../rds-answers-fixture";
import { openStepWorld, SETTINGS, type StepWorld } from "../step-world-fixture";

let world: StepWorld;
let task: RdsTask | null;
let files: RdsFile[] | ExternalError;

async function open(kind: "await_import" | "await_open" | "await_check"): Promise<void> {
  world = await openStepWorld(
    { kind, nature: "repeatable" },
    { migration: { rdsTaskId: "7", checkMode: "async" } },
  );
  const account = only<RdsAccount>({
    findTask: async () => task,
    listFiles: async () => {
      if (files instanceof ExternalError) throw files;
      return files;
    },
    listDatabases: async () => [{ name: "sales", status: "In Recovery", collation: null }],
  });
  world.clients.rds = async () => account;
}

beforeEach(() => {
  task = rdsTask();
  files = [rdsFile()];
});
afterEach(() => world.close());

/** What the page asks of a person now. */
async function need() {
  const row = await loadMigration(world.ctx.db, "m");
  return row && standingOf(snapshotOf(row), world.clock.at.getTime()).needs;
}

test.each([
  ["a task of an unknown word", { status: "other", providerStatus: "Suspended" }, { status: "not_started" }],
  ["a file that RDS deleted", { status: "running" }, { status: "deleted", providerStatus: "Deleted" }],
  [
    "a target opened by somebody",
    { status: "succeeded", providerStatus: "Success" },
    { status: "restoring" },
  ],
] as const)("%s is said at once, with the state of the target", async (_name, ofTask, ofFile) => {
  await open("await_import");
  task = rdsTask(ofTask);
  files = [rdsFile(ofFile)];
  await world.run();
  expect(await world.step()).toMatchObject({
    status: "waiting_external",
    error: { reason: "rds_restore_unclear", params: { database: "In Recovery" } },
  });
  expect(await need()).toMatchObject({
    key: "step_held",
    params: { kind: "await_import", reason: "rds_restore_unclear" },
  });
  // It settles by itself: nothing is asked of anybody any more.
  task = rdsTask();
  files = [rdsFile()];
  world.wait(60_000);
  await world.run();
  expect(await need()).toBeNull();
  expect(await world.step()).toMatchObject({ status: "waiting_external", error: null });
});

test("a file that is downloaded while its task waits is said when it stays so", async () => {
  await open("await_import");
  task = rdsTask({ status: "waiting_for_backup", providerStatus: "Waiting" });
  files = [rdsFile({ status: "downloaded", providerStatus: "Finished" })];
  await world.run();
  expect(await need()).toBeNull();
  world.wait(SETTINGS.lookGraceMs);
  await world.run();
  expect(await need()).toMatchObject({ params: { file: "Finished", task: "Waiting" } });
});

test("where the edition lists no files, the task that waits again has restored ours", async () => {
  await open("await_import");
  files = new ExternalError({
    system: "rds",
    kind: "invalid",
    providerCode: "UnsupportedOperation",
    providerMessage: "",
    providerRequestId: null,
    mayHaveHappened: false,
  });
  task = rdsTask({ status: "waiting_for_backup" });
  await world.run();
  // Before RDS has begun it waits too: for this file, not after it.
  expect((await world.step()).status).toBe("waiting_external");
  task = rdsTask({ status: "running" });
  world.wait(60_000);
  await world.run();
  task = rdsTask({ status: "waiting_for_backup" });
  world.wait(60_000);
  await world.ctx.db.backupFile.updateMany({
    data: { header: JSON.parse(JSON.stringify(toHeaderJson(full("F", 100, 150).set))) },
  });
  await world.run();
  expect(await world.step()).toMatchObject({ status: "succeeded" });
});

test("a task that RDS has forgotten fails the step with the state of the target", async () => {
  await open("await_import");
  task = null;
  await world.run();
  expect(await world.step()).toMatchObject({
    status: "failed",
    error: { reason: "rds_task_forgotten", params: { taskId: "7", database: "In Recovery" } },
  });
});

test("an opening that runs for ever, or whose target does not answer, is said", async () => {
  await open("await_open");
  await world.run();
  expect(await need()).toBeNull();
  world.wait(20 * 60_000);
  await world.run();
  expect(await need()).toMatchObject({ params: { reason: "rds_opening_unclear", database: "In Recovery" } });
  task = rdsTask({ status: "succeeded", providerStatus: "Success" });
  world.wait(60_000);
  await world.run();
  expect(await world.step()).toMatchObject({ status: "waiting_external" });
  expect(await need()).toMatchObject({ params: { task: "Success" } });
});

test("words that are no verdict of DBCC are shown at once, and not waited for in silence", async () => {
  await open("await_check");
  task = rdsTask({ status: "succeeded", providerStatus: "Success", description: "" });
  await world.run();
  expect(await need()).toBeNull();
  task = rdsTask({ status: "succeeded", providerStatus: "Success", description: "The check was postponed." });
  world.wait(60_000);
  await world.run();
  expect(await need()).toMatchObject({
    params: { reason: "rds_check_unclear", words: "The check was postponed." },
  });
});

test("a verdict that RDS hides for want of a privileged account is asked for by what to do", async () => {
  await open("await_check");
  const description =
    "Your RDS doesn't have any init account yet, please create one and grant permissions on RDS console to this migrated database (TestDb).";
  task = rdsTask({ status: "succeeded", providerStatus: "Success", description });
  await world.run();
  expect(await need()).toMatchObject({ key: "step_held", params: { reason: "rds_check_hidden" } });
  task = rdsTask({ status: "succeeded", description: "Success to DBCC checkdb asynchronously." });
  world.wait(60_000);
  await world.run();
  expect(await need()).toBeNull();
});

test("errors that DBCC found are no success: red, and a person is asked", async () => {
  await open("await_check");
  task = rdsTask({ status: "succeeded", description: "asynchronously DBCC checkdb failed: it is bad" });
  const { db } = world.ctx;
  const done = { migrationId: "m", status: "succeeded", input: {} };
  await db.migrationStep.createMany({
    data: [
      { ...done, id: "open", key: "open", kind: "open", nature: "once", ordinal: -1 },
      { ...done, id: "await", key: "await_open", kind: "await_open", nature: "repeatable", ordinal: 0 },
    ],
  });
  await world.run();
  expect(await db.migration.findUnique({ where: { id: "m" } })).toMatchObject({
    status: "failed",
    phase: "online",
  });
  expect(await need()).toMatchObject({ key: "check_failed" });
});

test("of Immediate Access the downtime ends with the restore, where writes were stopped before it", async () => {
  await open("await_import");
  await world.ctx.db.migration.update({
    where: { id: "m" },
    data: { method: "immediate", writesStoppedAt: new Date(world.clock.at.getTime() - 90_000) },
  });
  await world.ctx.db.backupFile.updateMany({
    data: { header: JSON.parse(JSON.stringify(toHeaderJson(full("F", 100, 150).set))) },
  });
  task = rdsTask({ status: "succeeded" });
  await world.run();
  const events = await world.ctx.db.migrationEvent.findMany({ where: { type: "database_online" } });
  expect(events.map(({ payload }) => payload)).toEqual([{ downtimeSeconds: 90 }]);
});

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { OPENING_MS, only, openQuickCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { ExternalError } from "@/lib/diagnosis/external-error";
import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import type { RdsAccount, RdsTask } from "@/lib/rds/rds-account";
import { watchAllTargets } from "./watch-all-targets";

let world: TestCtx;
let task: Pick<RdsTask, "status" | "providerStatus"> | null;
let databaseStatus: string | null;
let migrations = 0;
let id: string;

const asked: string[] = [];
const TASK = {
  databaseName: "Sales",
  method: "access_pending",
  createdAt: null,
  endedAt: null,
  databaseReplaced: false,
  description: "",
} as const;
const WAITING = { status: "waiting_for_backup", providerStatus: "Waiting" } as const;
const SUCCESS = { status: "succeeded", providerStatus: "Success" } as const;
const TERMINATED = { status: "failed", providerStatus: "Terminated" } as const;
const SUSPENDED = { status: "other", providerStatus: "Suspended" } as const;

beforeAll(async () => {
  world = await openQuickCtx();
  await world.ctx.db.connection.create({
    data: { id: "cloud", kind: "cloud_account", name: "cloud", config: {}, secretSealed: "" },
  });
}, OPENING_MS);
afterAll(() => world.close());

beforeEach(async () => {
  migrations += 1;
  id = `m${migrations}`;
  task = WAITING;
  databaseStatus = "In Recovery";
  // As the product has it: one of an account, however often it is asked for.
  const account = only<RdsAccount>({
    findTask: async ({ taskId }) => {
      asked.push("task");
      return task && { ...TASK, ...task, taskId };
    },
    listTasks: async () => {
      asked.push("tasks");
      return task === null ? [] : ["7", "8", "9"].map((taskId) => ({ ...TASK, ...WAITING, ...task, taskId }));
    },
    listDatabases: async () => {
      asked.push("databases");
      return databaseStatus === null ? [] : [{ name: "SALES", status: databaseStatus, collation: null }];
    },
  });
  world.clients.rds = async () => account;
  const { db } = world.ctx;
  await db.migration.updateMany({ data: { finishedAt: new Date() } });
  await db.migration.create({
    data: {
      id,
      name: "Sales",
      status: "waiting_for_user",
      phase: "rounds",
      draft: EMPTY_DRAFT,
      method: "access_pending",
      backupBy: "app",
      cloudConnectionId: "cloud",
      instanceId: `rm-${migrations}`,
      targetDatabase: "Sales",
      rdsTaskId: "7",
      startedAt: new Date(),
      createdBy: "test",
    },
  });
});

async function alarms(): Promise<{ kind: string; evidence: unknown }[]> {
  return world.ctx.db.driftAlarm.findMany({
    where: { migrationId: id, clearedAt: null },
    select: { kind: true, evidence: true },
    orderBy: { kind: "asc" },
  });
}
async function look(): Promise<string[]> {
  await watchAllTargets(world.ctx);
  return (await alarms()).map(({ kind }) => kind);
}
async function events(): Promise<string[]> {
  const rows = await world.ctx.db.migrationEvent.findMany({
    where: { migrationId: id },
    orderBy: { seq: "asc" },
  });
  return rows.map(({ type }) => type);
}

async function addImport(status: string, reason: string | null): Promise<void> {
  const failure = reason === null ? null : ruleFailure("imports_exhausted", { used: 0, limit: 0 });
  await world.ctx.db.migrationStep.create({
    data: {
      ...{ id: `${id}-import`, migrationId: id, key: "await_import:1", kind: "await_import" },
      ...{ nature: "repeatable", ordinal: 9, status, input: {} },
      ...(failure === null ? {} : { error: { ...failure, reason } }),
    },
  });
}

test("a task that failed with a file of ours, of which a person knew and went on, is no alarm; terminated it is", async () => {
  await addImport("cancelled", "rds_import_failed");
  task = { status: "failed", providerStatus: "Failed" };
  expect(await look()).toEqual([]);
  databaseStatus = null;
  expect(await look()).toEqual(["target_task_ended"]);
  databaseStatus = "Restoring";
  task = TERMINATED;
  expect(await look()).toEqual(["target_task_ended"]);
});

test("a task that failed after all of ours had gone in is an alarm", async () => {
  await addImport("succeeded", null);
  task = { status: "failed", providerStatus: "Failed" };
  expect(await look()).toEqual(["target_task_ended"]);
});

test.each([
  ["opened elsewhere", WAITING, "Running", "target_opened"],
  ["opened, its task over", SUCCESS, "Running", "target_opened"],
  ["deleted, its task over", SUCCESS, null, "target_deleted"],
  ["deleted, its task forgotten", null, null, "target_deleted"],
  ["deleted, and its task waits on", WAITING, null, "target_deleted"],
  ["terminated", TERMINATED, "Restoring", "target_task_ended"],
  ["put into a state that nobody knows", SUSPENDED, "Restoring", "target_task_ended"],
  ["failed", { status: "failed", providerStatus: "Failed" }, "In Recovery", "target_task_ended"],
] as const)("a target that was %s is an alarm, raised once", async (_, told, database, kind) => {
  expect(await look()).toEqual([]);
  task = told;
  databaseStatus = database;
  expect(await watchAllTargets(world.ctx)).toEqual([id]);
  expect(await watchAllTargets(world.ctx)).toEqual([]);
  expect(await alarms()).toEqual([
    {
      kind,
      evidence: {
        database: "Sales",
        taskId: "7",
        task: told?.providerStatus ?? null,
        databaseStatus: database,
      },
    },
  ]);
  expect(await events()).toEqual(["drift_raised"]);
});

test("a task that waits again clears its alarm, and no alarm of the source", async () => {
  const alarm = { migrationId: id, raisedAt: new Date(), lastSeenAt: new Date(), evidence: {} };
  await world.ctx.db.driftAlarm.create({
    data: { ...alarm, id: "other", kind: "base_reset", fingerprint: "B" },
  });
  task = SUSPENDED;
  expect(await look()).toEqual(["base_reset", "target_task_ended"]);
  task = WAITING;
  expect(await look()).toEqual(["base_reset"]);
  expect(await events()).toEqual(["drift_raised", "drift_cleared"]);
});

test("a step that follows RDS says itself what becomes of the task", async () => {
  databaseStatus = "Running";
  const step = { migrationId: id, ordinal: 1, nature: "repeatable", input: {} };
  await world.ctx.db.migrationStep.create({
    data: { ...step, id: `${id}-s`, key: "await:0", kind: "await_import", status: "waiting_external" },
  });
  expect(await look()).toEqual([]);
  await world.ctx.db.migrationStep.update({ where: { id: `${id}-s` }, data: { status: "succeeded" } });
  expect(await look()).toEqual(["target_opened"]);
});

test.each([
  ["has no task yet", { rdsTaskId: null }],
  ["has stopped its writes", { writesStoppedAt: new Date() }],
])("a migration that %s is not looked at", async (_, data) => {
  await world.ctx.db.migration.update({ where: { id }, data });
  databaseStatus = "Running";
  expect(await look()).toEqual([]);
});

test("a target that its edition never listed is no alarm while its task waits", async () => {
  databaseStatus = null;
  expect(await look()).toEqual([]);
});

test("a migration that stops writes while RDS is asked may open its target itself: no alarm", async () => {
  databaseStatus = "Running";
  const account = await world.ctx.clients.rds("cloud");
  world.clients.rds = async () => {
    await world.ctx.db.migration.update({ where: { id }, data: { writesStoppedAt: new Date() } });
    return account;
  };
  expect(await look()).toEqual([]);
  expect(await events()).toEqual([]);
});

test("an RDS that does not answer changes nothing", async () => {
  databaseStatus = "Running";
  expect(await look()).toEqual(["target_opened"]);
  world.clients.rds = async () =>
    Promise.reject(
      new ExternalError({
        system: "rds",
        kind: "timeout",
        mayHaveHappened: false,
        providerCode: "Timeout",
        providerMessage: "no answer",
        providerRequestId: null,
      }),
    );
  expect(await look()).toEqual(["target_opened"]);
  expect(world.log.at(-1)?.message).toContain("target watch");
});

test("an instance is asked once for all its targets that are as they were, and each that is not by itself", async () => {
  const first = await world.ctx.db.migration.findUniqueOrThrow({ where: { id } });
  for (const taskId of ["8", "9"]) {
    const { instanceId, startedAt } = first;
    await world.ctx.db.migration.create({
      data: {
        ...{ id: `${id}-${taskId}`, name: "Sales", status: "waiting_for_user", phase: "rounds" },
        ...{ draft: EMPTY_DRAFT, method: "access_pending", backupBy: "app", createdBy: "test" },
        ...{
          cloudConnectionId: "cloud",
          targetDatabase: `Sales_${taskId}`,
          rdsTaskId: taskId,
          startedAt,
          instanceId,
        },
      },
    });
  }
  const look = async () => {
    asked.length = 0;
    world.clock.at = new Date(world.clock.at.getTime() + 60_000);
    await watchAllTargets(world.ctx);
    return [...asked];
  };
  // The first target is listed for the first time, which is written down.
  await look();
  expect(await look()).toEqual(["tasks", "databases"]);
  task = TERMINATED;
  expect(await look()).toEqual(["tasks", "databases", ...Array(3).fill(["task", "databases"]).flat()]);
});

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { only } from "@/lib/context/open-test-ctx";
import { ExternalError } from "@/lib/diagnosis/external-error";
import type { RdsAccount, RdsTask } from "@/lib/rds/rds-account";
import { rdsTask } from "../rds-answers-fixture";
import { openStepWorld, type StepWorld } from "../step-world-fixture";

let world: StepWorld;

beforeEach(async () => {
  world = await openStepWorld(
    { kind: "check_target", nature: "repeatable", key: "check_target:7", fileId: null },
    {
      migration: {
        backupBy: "app",
        rdsTaskId: "7",
        cutover: {
          requestedAt: "2026-05-04T10:00:00.000Z",
          stopWrites: "restricted_user",
          checkMode: "async",
          forecastSeconds: null,
        },
      },
      file: { state: "imported", importedAt: new Date("2026-05-04T09:00:00Z") },
    },
  );
});
afterEach(() => world.close());

const WAITING = { status: "waiting_for_backup", providerStatus: "WaitingForBackup" } as const;

/** No call of the source is given: a step that asks it anything fails the test. */
function answer(task: Partial<RdsTask> | null, databaseStatus: string | null): void {
  world.clients.rds = async () =>
    only<RdsAccount>({
      findTask: async () => (task === null ? null : rdsTask(task)),
      listDatabases: async () =>
        databaseStatus === null ? [] : [{ name: "SALES", status: databaseStatus, collation: null }],
    });
}

async function nextKinds(): Promise<string[]> {
  const steps = await world.ctx.db.migrationStep.findMany({ where: { id: { not: "step" } } });
  return steps.map(({ kind }) => kind);
}

describe("right before writes are stopped", () => {
  test.each([
    ["waits for files, its database in recovery", WAITING, "In Recovery"],
    ["waits for files, its database restoring", WAITING, "Restoring"],
    ["waits for files, its database not listed", WAITING, null],
    [
      "has succeeded, its database restoring",
      { status: "succeeded", providerStatus: "Success" },
      "Restoring",
    ],
  ] as const)("a target whose task %s: writes are stopped next", async (_, task, database) => {
    answer(task, database);
    await world.run();
    expect(await world.step()).toMatchObject({
      status: "succeeded",
      result: { taskStatus: task.providerStatus, databaseStatus: database },
    });
    expect(await nextKinds()).toEqual(["stop_writes"]);
  });

  test.each([
    ["was opened elsewhere", { status: "succeeded", providerStatus: "Success" }, "Running"],
    ["was opened, and the task does not say so yet", WAITING, "Running"],
    ["is gone with its task's end", { status: "succeeded", providerStatus: "Success" }, null],
    ["has a task that failed", { status: "failed", providerStatus: "Failed" }, "Restoring"],
    [
      "has a task in a state that nobody knows",
      { status: "other", providerStatus: "Suspended" },
      "Restoring",
    ],
  ] as const)("a target that %s: a person is asked, the source is as it was", async (_, task, database) => {
    answer(task, database);
    await world.run();
    expect(await world.step()).toMatchObject({
      status: "failed",
      error: { reason: "rds_database_state", system: "rds", providerCode: database ?? task.providerStatus },
    });
    expect(await nextKinds()).toEqual([]);
    const row = await world.ctx.db.migration.findUniqueOrThrow({ where: { id: "m" } });
    expect(row).toMatchObject({ status: "failed", writesStoppedAt: null });
    expect(await world.eventTypes()).toEqual(["step_started", "drift_raised", "step_failed"]);
    answer(WAITING, "Restoring");
    await world.ctx.db.migrationStep.update({ where: { id: "step" }, data: { status: "queued" } });
    await world.run();
    expect(await world.ctx.db.driftAlarm.count({ where: { clearedAt: null } })).toBe(0);
  });

  test("a task that RDS no longer lists: a person is asked", async () => {
    answer(null, null);
    await world.run();
    expect(await world.step()).toMatchObject({ status: "failed", error: { reason: "rds_task_forgotten" } });
  });

  test("a task at work is waited for", async () => {
    answer({ status: "running" }, "Restoring");
    await world.run();
    expect(await world.step()).toMatchObject({ status: "waiting_external" });
    answer(WAITING, "Restoring");
    world.wait(60_000);
    await world.run();
    expect(await nextKinds()).toEqual(["stop_writes"]);
  });

  test("an RDS that does not answer is asked again, and writes go on meanwhile", async () => {
    world.clients.rds = async () =>
      only<RdsAccount>({
        findTask: () =>
          Promise.reject(
            new ExternalError({
              system: "rds",
              kind: "timeout",
              mayHaveHappened: false,
              providerCode: "Timeout",
              providerMessage: "no answer",
              providerRequestId: null,
            }),
          ),
      });
    await world.run();
    expect((await world.step()).status).toBe("retrying");
    expect(await nextKinds()).toEqual([]);
  });
});

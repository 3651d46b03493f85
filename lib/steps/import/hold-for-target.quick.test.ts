import { afterEach, beforeEach, expect, test } from "vitest";
import { only } from "@/lib/context/open-test-ctx";
import type { RdsAccount, RdsTask } from "@/lib/rds/rds-account";
import { rdsTask } from "../rds-answers-fixture";
import { openStepWorld, type StepWorld } from "../step-world-fixture";

let world: StepWorld;
let creates: number;

beforeEach(async () => {
  world = await openStepWorld(
    { kind: "import", nature: "once" },
    { migration: { rdsTaskId: "7" }, file: { state: "inspected", type: "log" } },
  );
  creates = 0;
});
afterEach(() => world.close());

const WAITING = { status: "waiting_for_backup", providerStatus: "Waiting" } as const;

function answer(task: Partial<RdsTask>, databaseStatus: string | null): void {
  world.clients.rds = async () =>
    only<RdsAccount>({
      createImport: async () => {
        creates += 1;
        return { taskId: "7", requestId: "r" };
      },
      findTask: async () => rdsTask(task),
      listDatabases: async () =>
        databaseStatus === null ? [] : [{ name: "Sales", status: databaseStatus, collation: null }],
    });
}

test.each([
  ["opened", WAITING, "Running", "target_opened"],
  ["deleted", { status: "succeeded", providerStatus: "Success" }, null, "target_deleted"],
] as const)(
  "a target that somebody %s gets nothing, and a person is asked",
  async (_, task, database, kind) => {
    answer(task, database);
    await world.run();
    expect(await world.step()).toMatchObject({
      status: "waiting_for_user",
      error: { reason: "target_lost", params: { drift: kind } },
    });
    expect(creates).toBe(0);
    expect(await world.ctx.db.driftAlarm.findMany({ select: { kind: true } })).toEqual([{ kind }]);
    expect(await world.ctx.db.migration.findUnique({ where: { id: "m" } })).toMatchObject({
      status: "waiting_for_user",
      writesStoppedAt: null,
    });
  },
);

test("a target that waits takes it", async () => {
  answer(WAITING, "In Recovery");
  await world.run();
  expect(creates).toBe(1);
  expect(await world.ctx.db.driftAlarm.count()).toBe(0);
});

test("a task that failed with the file before is tried again, and is no alarm: RDS is about to be asked", async () => {
  answer({ status: "failed", providerStatus: "Failed" }, "In Recovery");
  await world.run();
  expect(creates).toBe(1);
  expect(await world.ctx.db.driftAlarm.count()).toBe(0);
});

test("a target that RDS is at, though not for us, is waited for", async () => {
  answer({ status: "running", providerStatus: "Running" }, "In Recovery");
  await world.run();
  expect(await world.step()).toMatchObject({ status: "waiting_external", error: { reason: "target_busy" } });
  expect(creates).toBe(0);
  answer(WAITING, "In Recovery");
  world.wait(60_000);
  await world.run();
  expect(creates).toBe(1);
});

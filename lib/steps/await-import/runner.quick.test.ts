import { afterEach, beforeEach, expect, test } from "vitest";
import { only } from "@/lib/context/open-test-ctx";
import { ExternalError, type ExternalErrorKind } from "@/lib/diagnosis/external-error";
import type { RdsAccount, RdsFile, RdsTask } from "@/lib/rds/rds-account";
import { rdsFile, rdsTask } from "../rds-answers-fixture";
import { openStepWorld, type StepWorld } from "../step-world-fixture";

let world: StepWorld;
let task: () => RdsTask;
let files: () => RdsFile[];
let asked: string[];

beforeEach(async () => {
  world = await openStepWorld(
    { kind: "await_import", nature: "repeatable" },
    { migration: { rdsTaskId: "7" } },
  );
  task = () => rdsTask();
  files = () => [rdsFile()];
  asked = [];
  const account = only<RdsAccount>({
    findTask: async () => {
      asked.push("task");
      return task();
    },
    listTasks: async () => {
      asked.push("list");
      return [task()];
    },
    listFiles: async () => files(),
    listDatabases: async () => [],
  });
  world.clients.rds = async () => account;
});

afterEach(() => world.close());

function unavailable(kind: ExternalErrorKind): never {
  throw new ExternalError({
    system: "rds",
    kind,
    providerCode: null,
    providerMessage: "no",
    providerRequestId: null,
    mayHaveHappened: false,
  });
}

test("failures between answered polls do not add up, however long the restore takes", async () => {
  for (let hour = 0; hour < 15; hour += 1) {
    task = () => unavailable("unavailable");
    await world.run();
    expect((await world.step()).status).toBe("retrying");
    world.wait(60_000);
    task = () => rdsTask();
    await world.run();
    expect((await world.step()).status).toBe("waiting_external");
    world.wait(3600_000);
  }
});

test("no outage and no throttling fails it, however long: it asks again, and shows what RDS said", async () => {
  task = () => unavailable("throttled");
  // More tries than any kind of failure has (lib/migration/retry-policy.ts), over more time.
  for (let tries = 0; tries < 15; tries += 1) {
    await world.run();
    world.wait(240_000);
  }
  expect((await world.step()).status).toBe("retrying");
  task = () => unavailable("unavailable");
  await world.run();
  expect((await world.step()).status).toBe("retrying");
  for (let tries = 0; tries < 15; tries += 1) {
    world.wait(160_000);
    await world.run();
    expect(await world.step()).toMatchObject({ status: "retrying", error: { reason: "rds_unavailable" } });
  }
});

test("an expired token is waited for, shown, and the poll goes on once it was renewed", async () => {
  task = () => unavailable("auth");
  for (let tries = 0; tries < 3; tries += 1) {
    await world.run();
    expect(await world.step()).toMatchObject({ status: "waiting_for_user", error: { system: "rds" } });
    world.wait(60_000);
  }
  task = () => rdsTask();
  await world.run();
  expect((await world.step()).status).toBe("waiting_external");
});

test("what RDS says of the question itself fails it", async () => {
  task = () => unavailable("invalid");
  await world.run();
  expect((await world.step()).status).toBe("failed");
});

test("the entry of a file that failed and was submitted again is not taken for the new one, in any order", async () => {
  const old = rdsFile({ status: "restore_failed", createdAt: "2026-05-04T09:00:00Z" });
  const fresh = rdsFile({ status: "restoring", createdAt: "2026-05-04T10:00:00Z" });
  for (const answer of [
    [old, fresh],
    [fresh, old],
  ]) {
    files = () => answer;
    await world.run();
    expect((await world.step()).status).toBe("waiting_external");
    world.wait(60_000);
  }
});

test("a task of a word that nobody knows is waited for, its word is kept", async () => {
  task = () => rdsTask({ status: "other", providerStatus: "Paused" });
  files = () => [rdsFile({ status: "other", providerStatus: "Paused" })];
  await world.run();
  expect(await world.step()).toMatchObject({
    status: "waiting_external",
    checkpoint: { providerStatus: "Paused" },
  });
});

test("a task that somebody terminated fails with RDS's word", async () => {
  task = () => rdsTask({ status: "failed", providerStatus: "Terminated" });
  files = () => [];
  await world.run();
  expect(await world.step()).toMatchObject({ status: "failed", error: { providerCode: "Terminated" } });
});

test("a step of a cancelled migration is not taken up, whoever planned it", async () => {
  await world.ctx.db.migration.update({ where: { id: "m" }, data: { status: "cancelled" } });
  await world.run();
  expect(await world.step()).toMatchObject({ status: "queued", claimedBy: null });
});

test("cancelled while RDS is being asked: the answer changes nothing", async () => {
  task = () => rdsTask({ status: "failed" });
  files = () => [];
  const { db } = world.ctx;
  const account = only<RdsAccount>({
    findTask: async () => {
      await db.migrationStep.updateMany({ data: { status: "cancelled", claimedBy: null } });
      await db.migration.updateMany({ data: { status: "cancelled" } });
      return task();
    },
    listFiles: async () => [],
  });
  world.clients.rds = async () => account;
  await world.run();
  expect((await world.step()).status).toBe("cancelled");
  expect(await db.migration.findUnique({ where: { id: "m" } })).toMatchObject({ status: "cancelled" });
  expect(await world.eventTypes()).not.toContain("step_failed");
});

test("while RDS restores a file the instance's list says so, and both are asked once it says otherwise, or a minute later", async () => {
  files = () => [rdsFile({ status: "restoring" })];
  const run = async (ms: number) => {
    asked.length = 0;
    world.wait(ms);
    await world.run();
    return asked.join();
  };
  expect(await run(0)).toBe("task");
  expect([await run(2_000), await run(2_000)]).toEqual(["list", "list"]);
  expect(await run(60_000)).toBe("task");
  expect(await run(2_000)).toBe("list");
  task = () => rdsTask({ status: "waiting_for_backup", providerStatus: "Waiting" });
  expect(await run(2_000)).toBe("list,task");
});

test("while the source stands still each look asks for file and task themselves", async () => {
  files = () => [rdsFile({ status: "restoring" })];
  await world.ctx.db.migration.update({ where: { id: "m" }, data: { writesStoppedAt: new Date() } });
  for (let look = 0; look < 3; look += 1) {
    await world.run();
    world.wait(5_000);
  }
  expect(asked).toEqual(["task", "task", "task"]);
});

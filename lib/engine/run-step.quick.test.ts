import { afterEach, describe, expect, test } from "vitest";
import { OPENING_MS, only } from "@/lib/context/open-test-ctx";
import type { RdsAccount } from "@/lib/rds/rds-account";
import { actOnMigration } from "@/lib/services/migration/act-on-migration";
import { getMigration } from "@/lib/services/migration/get-migration";
import { rdsFile, rdsTask } from "@/lib/steps/rds-answers-fixture";
import { openStepWorld, SETTINGS, type StepWorld } from "@/lib/steps/step-world-fixture";
import { releaseAllClaims } from "@/lib/store/claim-step";
import { runStep } from "./run-step";

let world: StepWorld;
afterEach(() => world.close());

const CUTOVER = {
  type: "cutover",
  stopWrites: "operator",
  checkMode: "async",
  confirmName: "Sales",
} as const;

test(
  "a look for files that was claimed before the cutover was asked for does not stand up again",
  async () => {
    const input = { final: false, wait: true };
    world = await openStepWorld(
      { kind: "find_file", nature: "repeatable", fileId: null, input },
      { file: { state: "imported" } },
    );
    const { ctx } = world;
    let asked = false;
    // The moment between the claim and the step's start: the worker reads the migration.
    const db = new Proxy(ctx.db, {
      get(target, name) {
        if (name !== "$queryRaw" || asked) return Reflect.get(target, name);
        return async (...query: Parameters<typeof target.$queryRaw>) => {
          const rows = await target.$queryRaw(...query);
          asked = true;
          await actOnMigration({ ctx, input: { migrationId: "m", action: CUTOVER } });
          return rows;
        };
      },
    });
    await world.runOn({ ...ctx, db });
    expect((await world.step()).status).toBe("cancelled");
    const looks = await ctx.db.migrationStep.findMany({ where: { kind: "find_file", status: "queued" } });
    expect(looks.map(({ input: planned }) => planned)).toEqual([{ final: true, wait: false }]);
  },
  OPENING_MS,
);

test("a look that is under way when the cutover is asked for leaves nothing that waits for ever", async () => {
  world = await openStepWorld(
    {
      kind: "find_file",
      nature: "repeatable",
      status: "running",
      fileId: null,
      input: { final: false, wait: true },
      claimedBy: "other",
      heartbeatAt: new Date(),
    },
    { file: { state: "imported" } },
  );
  const { ctx } = world;
  const view = await actOnMigration({ ctx, input: { migrationId: "m", action: CUTOVER } });
  expect((await world.step()).status).toBe("cancelled");
  expect(view.steps.filter(({ status }) => status === "queued").map(({ kind }) => kind)).toEqual([
    "find_file",
  ]);
});

test("tells which steps follow, so that they need not wait for the next sweep", async () => {
  world = await openStepWorld(
    { kind: "await_open", nature: "repeatable", fileId: null },
    { migration: { rdsTaskId: "7", checkMode: "async" }, file: { state: "imported" } },
  );
  const running = async () => rdsTask({ status: "running" });
  world.clients.rds = async () => only<RdsAccount>({ findTask: running });
  const signal = new AbortController().signal;
  const run = () =>
    runStep({
      ctx: world.ctx,
      settings: SETTINGS,
      stepId: "step",
      claim: `test/${world.ctx.newId()}`,
      signal,
    });
  expect(await run()).toEqual([]);
  world.wait(60_000);
  const database = { name: "Sales", status: "Running", collation: null };
  world.clients.rds = async () =>
    only<RdsAccount>({
      findTask: async () => rdsTask({ status: "succeeded" }),
      listDatabases: async () => [database],
    });
  expect(await run()).toMatchObject([{ kind: "await_check", status: "queued", dueAt: null }]);
});

test("without the store no step has failed: it goes on when there is one again", async () => {
  world = await openStepWorld(
    { kind: "await_open", nature: "repeatable", fileId: null },
    { migration: { rdsTaskId: "7", checkMode: "async" }, file: { state: "imported" } },
  );
  const closed = Object.assign(new Error("Server has closed the connection."), {
    ...{ name: "PrismaClientKnownRequestError", code: "P1017" },
  });
  world.clients.rds = () => Promise.reject(closed);
  await world.run();
  expect(await world.step()).toMatchObject({ status: "running", claimedBy: null, error: null });
  world.clients.rds = async () =>
    only<RdsAccount>({
      findTask: async () => rdsTask({ status: "succeeded" }),
      listDatabases: async () => [{ name: "Sales", status: "Running", collation: null }],
    });
  await world.run();
  expect(await world.step()).toMatchObject({ status: "succeeded" });
});

describe("a step that its workers do not outlive", () => {
  const lost = (reclaims: number) => ({
    kind: "await_import",
    nature: "repeatable",
    status: "running",
    claimedBy: "gone",
    heartbeatAt: new Date(0),
    reclaims,
  });

  test("is handed on a few times, and then stops with what a person may do", async () => {
    world = await openStepWorld(lost(9));
    let asked = 0;
    world.clients.rds = async () => {
      asked += 1;
      throw new Error("what ends the worker");
    };
    await world.run();
    expect(asked).toBe(0);
    expect(await world.step()).toMatchObject({
      status: "failed",
      reclaims: 0,
      error: { reason: "step_lost_workers", params: { times: 10 } },
    });
    const view = await getMigration({ ctx: world.ctx, input: { migrationId: "m" } });
    expect(view).toMatchObject({ status: "failed", needs: { key: "step_failed" } });
    await actOnMigration({
      ctx: world.ctx,
      input: { migrationId: "m", action: { type: "retry_step", stepId: "step" } },
    });
    await world.run();
    expect(asked).toBe(1);
  });

  test("is not taken for one when a worker has brought it further", async () => {
    world = await openStepWorld(lost(5), { migration: { rdsTaskId: "7" } });
    world.clients.rds = async () =>
      only<RdsAccount>({ findTask: async () => rdsTask(), listFiles: async () => [rdsFile()] });
    await world.run();
    expect(await world.step()).toMatchObject({ status: "waiting_external", reclaims: 0 });
  });

  test("is counted where the embedded store is opened again", async () => {
    world = await openStepWorld(lost(2));
    expect(await releaseAllClaims(world.ctx.db)).toBe(1);
    expect(await world.step()).toMatchObject({ claimedBy: null, reclaims: 3 });
  });
});

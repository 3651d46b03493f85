import { afterEach, expect, test } from "vitest";
import { OPENING_MS, only } from "@/lib/context/open-test-ctx";
import type { RdsAccount } from "@/lib/rds/rds-account";
import { actOnMigration } from "@/lib/services/migration/act-on-migration";
import { openStepWorld, rdsTask, SETTINGS, type StepWorld } from "@/lib/steps/step-world-fixture";
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
    const find = ctx.db.migration.findUnique.bind(ctx.db.migration);
    const db = new Proxy(ctx.db, {
      get(target, name) {
        if (name !== "migration" || asked) return Reflect.get(target, name);
        return {
          ...target.migration,
          findUnique: async (query: Parameters<typeof find>[0]) => {
            const row = await find(query);
            asked = true;
            await actOnMigration({ ctx, input: { migrationId: "m", action: CUTOVER } });
            return row;
          },
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

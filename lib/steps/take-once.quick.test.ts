import { afterEach, beforeEach, expect, test } from "vitest";
import { only } from "@/lib/context/open-test-ctx";
import { runStep } from "@/lib/engine/run-step";
import type { RdsAccount } from "@/lib/rds/rds-account";
import { rdsTask } from "./rds-answers-fixture";
import { openStepWorld, SETTINGS, type StepWorld } from "./step-world-fixture";

let world: StepWorld;
beforeEach(async () => {
  world = await openStepWorld({ kind: "import", nature: "once" }, { file: { state: "inspected" } });
});
afterEach(() => world.close());

test("a worker that is to end begins no call of which others would have to look for what became: the next one makes it", async () => {
  let creates = 0;
  const account = only<RdsAccount>({
    createImport: async () => {
      creates += 1;
      return { taskId: "7", requestId: "R" };
    },
    listTasks: async () => [],
    listDatabases: async () => [],
    findTask: async ({ taskId }) => rdsTask({ taskId }),
    listFiles: async () => [],
  });
  world.clients.rds = async () => account;
  const { ctx } = world;
  const signal = AbortSignal.abort();
  await runStep({ ctx, settings: SETTINGS, stepId: "step", claim: "ending", signal });
  expect(creates).toBe(0);
  expect(await ctx.db.onceCall.count()).toBe(0);
  expect(await world.step()).toMatchObject({ status: "running", claimedBy: null });
  await world.run();
  expect(creates).toBe(1);
});

import { afterEach, beforeEach, expect, test } from "vitest";
import { only } from "@/lib/context/open-test-ctx";
import type { RdsAccount } from "@/lib/rds/rds-account";
import { rdsTask } from "@/lib/steps/rds-answers-fixture";
import { openStepWorld, type StepWorld } from "@/lib/steps/step-world-fixture";
import { watchTargets } from "./watch-targets";

let world: StepWorld;

beforeEach(async () => {
  world = await openStepWorld(
    { kind: "await_import", nature: "repeatable", status: "succeeded" },
    {
      migration: { rdsTaskId: "7", startedAt: new Date(), status: "running", backupBy: "app" },
      file: { state: "imported" },
    },
  );
});
afterEach(() => world.close());

test("an alarm of the target is told by the stored status, and taken back from it when it goes", async () => {
  let databaseStatus = "Running";
  world.clients.rds = async () =>
    only<RdsAccount>({
      listTasks: async () => [],
      findTask: async () => rdsTask({ status: "waiting_for_backup", providerStatus: "Waiting" }),
      listDatabases: async () => [{ name: "Sales", status: databaseStatus, collation: null }],
    });
  const row = () => world.ctx.db.migration.findUniqueOrThrow({ where: { id: "m" } });
  const before = await row();
  expect(await watchTargets(world.ctx)).toBe(true);
  const lost = await row();
  expect(lost.status).toBe("waiting_for_user");
  expect(lost.version).toBeGreaterThan(before.version);
  // Nothing new: nobody is woken, no page fetches anything.
  expect(await watchTargets(world.ctx)).toBe(false);
  expect((await row()).version).toBe(lost.version);
  databaseStatus = "In Recovery";
  expect(await watchTargets(world.ctx)).toBe(true);
  expect((await row()).version).toBeGreaterThan(lost.version);
  expect(await world.eventTypes()).toEqual(["drift_raised", "drift_cleared"]);
});

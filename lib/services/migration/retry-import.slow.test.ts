import { afterEach, beforeAll, expect, test } from "vitest";
import { OPENING_MS } from "@/lib/context/open-test-ctx";
import { type CutoverWorld, openCutoverWorld, refusal } from "./cutover-world-fixture";

let world: CutoverWorld;
// The first store takes longer than all others.
beforeAll(async () => (await openCutoverWorld()).close(), 2 * OPENING_MS);
afterEach(() => world.close());

async function stepOf(kind: string, status: string) {
  return world.ctx.db.migrationStep.findFirst({ where: { kind, status } });
}

/** Runs what is due until a step of the kind stands so. */
async function until(kind: string, status: string): Promise<string> {
  for (let turns = 0; turns < 300; turns += 1) {
    const step = await stepOf(kind, status);
    if (step) return step.id;
    await world.turn(async () => undefined);
  }
  throw new Error(`No ${kind} is ${status}: ${(await world.steps()).join(", ")}`);
}

/** What RDS may say when it is asked about a file that it has taken, and is at. */
const SAID_OF_POLLS = [
  refusal("rds", "invalid", "InvalidParameter"),
  refusal("rds", "not_found", "InvalidDBInstanceName.NotFound"),
  refusal("rds", "invalid", "InvalidAction.NotFound"),
  refusal("rds", "quota", "QuotaExceeded"),
  refusal("rds", "invalid", "MissingParameter"),
];

test("a person who retries five times a file that RDS has taken never hands it over twice", async () => {
  world = await openCutoverWorld();
  await until("await_import", "waiting_external");
  expect(world.rds.imports).toHaveLength(1);
  for (const said of SAID_OF_POLLS) {
    world.rds.isSlow = true;
    world.rds.down = () => said;
    const stepId = await until("await_import", "failed");
    await world.act({ type: "retry_step", stepId });
    // Nothing is handed over while RDS does not tell what became of the earlier call.
    for (let turns = 0; turns < 5; turns += 1) await world.turn(async () => undefined);
    expect(world.rds.imports).toHaveLength(1);
    world.rds.down = null;
    await until("await_import", "waiting_external");
    expect(world.rds.imports).toHaveLength(1);
  }
  world.rds.isSlow = false;
  await until("await_open", "succeeded");
  expect(world.rds.imports).toHaveLength(1);
  expect(world.rds.opens).toBe(1);
});

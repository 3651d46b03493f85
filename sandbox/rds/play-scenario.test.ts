import { expect, it } from "vitest";
import { composeScenario, type ScenarioName } from "@/sandbox/scenario/scenario";
import { initialRecords, SANDBOX_INSTANCE_ID } from "./initial-records";
import { freeBytesAt } from "./instance-space";
import { playScenario } from "./play-scenario";
import { databasesAt } from "./task-standing";

const NOW = Date.UTC(2026, 4, 4);

/** What is left on the instance after these scenarios, each played from the one before. */
function after(...scenarios: ScenarioName[][]) {
  const records = initialRecords("cn-hangzhou", NOW);
  let before = composeScenario([]);
  for (const names of scenarios) {
    const current = composeScenario(names);
    playScenario(records, current, before, NOW);
    before = current;
  }
  const instance = records.instances.find(({ instanceId }) => instanceId === SANDBOX_INSTANCE_ID);
  if (!instance) throw new Error("no instance");
  return {
    places: instance.maxDatabases - databasesAt(records, instance, NOW).length,
    freeBytes: freeBytesAt(records, instance, NOW),
    status: instance.status,
  };
}

const FREE = composeScenario(["disk-too-small"]).instanceFreeBytes;

it("goes from one fault to the next without fair weather between", () => {
  expect(after(["disk-too-small"], ["count-limit"]).places).toBe(0);
  expect(after(["count-limit"], ["disk-too-small"]).freeBytes).toBe(FREE);
});

it("plays both at once", () => {
  expect(after(["count-limit", "disk-too-small"])).toMatchObject({ places: 0, freeBytes: FREE });
});

it("takes back all that it put there", () => {
  expect(after(["count-limit", "disk-too-small"], [])).toEqual(after());
});

it("lets the instance restart, and run again", () => {
  expect(after(["restarting-instance"]).status).toBe("Restarting");
  expect(after(["restarting-instance"], []).status).toBe("Running");
});

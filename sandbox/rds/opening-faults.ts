import type { Scenario } from "@/sandbox/scenario/scenario";
import type { TaskRecord } from "./records";

/** What opening a restored database and checking it bring to light, in RDS's own words. */
export function openingFaults(
  context: { scenario: { current: Pick<Scenario, "doesOpenFail" | "doesCheckFail"> } },
  task: Pick<TaskRecord, "databaseName">,
): { failure: string; checkFailure?: string } {
  const { doesOpenFail, doesCheckFail } = context.scenario.current;
  const failure = doesOpenFail ? `Failed to open database ${task.databaseName}.` : "";
  if (!doesCheckFail) return { failure };
  return {
    failure,
    checkFailure:
      "CHECKDB found 0 allocation errors and 2 consistency errors in table 'Orders' (object ID 373575941).",
  };
}

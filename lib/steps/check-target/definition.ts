import { z } from "zod";
import { defineStep, NO_INPUT } from "@/lib/migration/step-definition";

const MINUTE_MS = 60_000;

export const checkTarget = defineStep({
  kind: "check_target",
  nature: "repeatable",
  // Nothing has been touched yet: after going back the migration stands where it stood.
  phase: { open: "cutover", done: "rounds" },
  group: "stop_writes",
  bar: "check",
  scope: "migration",
  follows: [],
  precedes: "stop_writes",
  limitMs: () => 15 * MINUTE_MS,
  input: NO_INPUT,
  checkpoint: z.never(),
  /** In RDS's own words; the database's is null where the list of databases does not have it. */
  result: z.object({ taskStatus: z.string(), databaseStatus: z.string().nullable() }),
  facts: ({ result }) =>
    result
      ? [
          { name: "taskStatus", value: result.taskStatus, as: "wire" },
          { name: "databaseStatus", value: result.databaseStatus ?? "–", as: "wire" },
        ]
      : [],
});

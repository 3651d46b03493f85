import { z } from "zod";
import { defineStep, NO_INPUT } from "@/lib/migration/step-definition";

const HOUR_MS = 3_600_000;

export const importFile = defineStep({
  kind: "import",
  nature: "once",
  phase: "by_file",
  group: "file",
  bar: "import",
  scope: "round",
  lane: "imports",
  follows: [{ after: "inspect" }],
  /** Where the day's imports are used up the next day brings new ones. */
  limitMs: () => 25 * HOUR_MS,
  input: NO_INPUT,
  checkpoint: z.never(),
  result: z.object({
    rdsTaskId: z.string(),
    requestId: z.string().nullable(),
    foundByLooking: z.boolean(),
  }),
  facts: ({ result }) => {
    if (!result) return [];
    const { rdsTaskId, requestId, foundByLooking } = result;
    return [
      { name: "rds_task", value: rdsTaskId, as: "id" },
      ...(requestId === null ? [] : [{ name: "request_id", value: requestId, as: "id" as const }]),
      ...(foundByLooking ? [{ name: "found_by_looking", value: true, as: "text" as const }] : []),
    ];
  },
});

import { z } from "zod";
import { defineStep, NO_INPUT } from "@/lib/migration/step-definition";

const rowCounts = z.record(z.string(), z.number()).nullable();

export const stopWrites = defineStep({
  kind: "stop_writes",
  nature: "repeatable",
  phase: { open: "cutover", done: "cutover" },
  group: "stop_writes",
  bar: "backup",
  scope: "migration",
  follows: [],
  input: NO_INPUT,
  /** From the first try on, whatever happens to this process: the clock of the downtime. */
  checkpoint: z.object({ stoppedAt: z.iso.datetime(), rowCounts }),
  result: z.object({ stoppedAt: z.iso.datetime(), rowCounts, sessionsLeft: z.number() }),
  facts: ({ result }) =>
    result
      ? [
          { name: "sessions_left", value: result.sessionsLeft, as: "text" },
          { name: "stoppedAt", value: result.stoppedAt, as: "wire" },
        ]
      : [],
});

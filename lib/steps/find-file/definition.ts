import { z } from "zod";
import { firstStep, nextRoundOf } from "@/lib/migration/next-round";
import { defineStep } from "@/lib/migration/step-definition";

export const findFile = defineStep({
  kind: "find_file",
  nature: "repeatable",
  phase: "by_file",
  group: "file",
  bar: "search",
  scope: "round",
  waitsForPeople: true,
  follows: [],
  begins: (prospect) => {
    const plan = nextRoundOf(prospect);
    return plan?.how === "look" ? [firstStep(prospect.round, plan)] : [];
  },
  input: z.object({
    final: z.boolean(),
    /** False: look once, and end without a file when none fits. */
    wait: z.boolean(),
    /** The object that a person chose. */
    key: z.string().nullable().exactOptional(),
  }),
  checkpoint: z.object({
    /** What was looked at and need not be read again: identity -> version. */
    seen: z.record(z.string(), z.string()).default({}),
    /** How far a bucket's listing was read. */
    watch: z.object({ startAfter: z.string(), sweptAtMs: z.number() }).nullable().default(null),
  }),
  result: z.object({
    /** Null: none of those that are there continues the chain. */
    file: z.string().nullable(),
    /** How many more would follow it. */
    waiting: z.number().exactOptional(),
  }),
  aim: ({ final }) => ({ backup: null, final }),
});

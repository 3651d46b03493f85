import { z } from "zod";
import { defineStep, NO_INPUT } from "@/lib/migration/step-definition";

export const preflight = defineStep({
  kind: "preflight",
  nature: "repeatable",
  phase: { open: "preflight", done: "full" },
  group: "preflight",
  bar: "check",
  scope: "migration",
  follows: [],
  begins: ({ migration }) =>
    migration.steps.length === 0
      ? [{ kind: "preflight", round: null, fileId: null, dueAtMs: null, input: {} }]
      : [],
  input: NO_INPUT,
  checkpoint: z.never(),
  result: z.object({ passed: z.number(), asked: z.number() }),
});

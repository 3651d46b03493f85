import { z } from "zod";
import { defineStep } from "@/lib/migration/step-definition";
import { HOOK_GATES } from "@/lib/migration/vocabulary/hook-moment";

export const callHook = defineStep({
  kind: "call_hook",
  nature: "repeatable",
  phase: { open: "cutover", done: "cutover" },
  group: "call_hook",
  bar: "check",
  scope: "migration",
  // It comes before what it is to let begin: see lib/plan/held-by-hook.ts.
  follows: [],
  input: z.object({ gate: z.enum(HOOK_GATES) }),
  /** Calls that were begun, and those of which it is known what came of them. */
  checkpoint: z.object({ calls: z.number(), heard: z.number() }),
  /** Null: the hook was taken away meanwhile. */
  result: z.object({ status: z.number().nullable(), calls: z.number() }),
  gate: ({ gate }) => gate,
  facts: ({ input, result }) => [
    { name: "hook_gate", value: input.gate, as: "wire" },
    ...(result?.status == null ? [] : [{ name: "hook_status", value: result.status, as: "text" as const }]),
  ],
});

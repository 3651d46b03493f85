import { z } from "zod";
import { defineStep, NO_INPUT } from "@/lib/migration/step-definition";

const HOUR_MS = 3_600_000;

export const awaitCheck = defineStep({
  kind: "await_check",
  nature: "repeatable",
  phase: { open: "check", done: "online" },
  group: "check",
  bar: "check",
  scope: "migration",
  follows: [
    { after: "await_open" },
    // One full backup that RDS opens by itself: nothing is left to open.
    { after: "await_import", when: ({ migration }) => migration.method === "immediate" },
  ],
  limitMs: () => 24 * HOUR_MS,
  input: NO_INPUT,
  checkpoint: z.never(),
  result: z.object({
    /** Whether DBCC CHECKDB found the database sound, and RDS's words. */
    check: z.boolean(),
    description: z.string(),
  }),
  objection: ({ check }) => (check ? null : { reason: "dbcc_errors", params: {} }),
  facts: ({ result }) =>
    result?.description ? [{ name: "description", value: result.description, as: "text" }] : [],
});

import { z } from "zod";
import { defineStep, NO_INPUT } from "@/lib/migration/step-definition";

const HOUR_MS = 3_600_000;

export const awaitOpen = defineStep({
  kind: "await_open",
  nature: "repeatable",
  phase: { open: "open", done: "check" },
  group: "open",
  bar: "open",
  scope: "migration",
  follows: [{ after: "open" }],
  /** A minute where DBCC CHECKDB comes after it; with it, as long as reading the database takes. */
  limitMs: () => 6 * HOUR_MS,
  input: NO_INPUT,
  checkpoint: z.never(),
  result: z.object({
    /** From the stop of writes on; null when nobody stopped them. */
    downtimeSeconds: z.number().nullable(),
  }),
});

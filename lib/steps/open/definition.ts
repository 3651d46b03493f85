import { z } from "zod";
import { isOpened, isReadyToOpen } from "@/lib/migration/next-round";
import { defineStep, NO_INPUT } from "@/lib/migration/step-definition";

export const open = defineStep({
  kind: "open",
  nature: "once",
  phase: { open: "open", done: "open" },
  group: "open",
  bar: "open",
  scope: "migration",
  follows: [],
  begins: ({ migration, idle }) =>
    idle && migration.cutover && !migration.release && !isOpened(migration) && isReadyToOpen(migration)
      ? [{ kind: "open", round: null, fileId: null, dueAtMs: null, input: {} }]
      : [],
  input: NO_INPUT,
  checkpoint: z.never(),
  result: z.object({
    requestId: z.string().nullable().exactOptional(),
    foundByLooking: z.boolean().exactOptional(),
  }),
  facts: ({ result }) => [
    ...(result?.requestId ? [{ name: "request_id", value: result.requestId, as: "id" as const }] : []),
    ...(result?.foundByLooking ? [{ name: "found_by_looking", value: true, as: "text" as const }] : []),
  ],
});

import { z } from "zod";
import { defineStep, NO_INPUT } from "@/lib/migration/step-definition";

const HOUR_MS = 3_600_000;
/** Slower than any restore that was seen: RDS fetches the file and restores it. */
const SLOWEST_BYTES_PER_MS = 5_000;

export const awaitImport = defineStep({
  kind: "await_import",
  nature: "repeatable",
  phase: "by_file",
  group: "file",
  bar: "import",
  scope: "round",
  lane: "imports",
  letsNextPrepare: true,
  follows: [{ after: "import" }],
  limitMs: ({ sizeBytes }) => HOUR_MS + (sizeBytes ?? 0) / SLOWEST_BYTES_PER_MS,
  input: NO_INPUT,
  checkpoint: z.object({
    /** Of the file, in our words, and of file or task in RDS's. */
    status: z.string(),
    providerStatus: z.string(),
    /** RDS was seen at work on it. Where its edition lists no files, a task that waits again has restored ours. */
    wasAtWork: z.boolean().default(false),
    /** Since when two answers of RDS do not fit each other. */
    unsettledSinceMs: z.number().nullable().default(null),
    /** When file and task themselves were asked for last, beside glances at the list of the instance. */
    askedMs: z.number().default(0),
  }),
  result: z.object({ taskStatus: z.string(), lastLsn: z.string().nullable() }),
  facts: ({ checkpoint, result }) => {
    const status = result?.taskStatus ?? checkpoint?.providerStatus;
    return status ? [{ name: "task_status", value: status, as: "mono" }] : [];
  },
});

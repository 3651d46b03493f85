import { z } from "zod";

/** How far something has come: a gauge, never a fact. Bytes, and bytes a second. */
export const ProgressView = z.object({
  doneBytes: z.number().nullable(),
  totalBytes: z.number().nullable(),
  percent: z.number().nullable(),
  bytesPerSecond: z.number().nullable(),
});
export type ProgressView = z.infer<typeof ProgressView>;

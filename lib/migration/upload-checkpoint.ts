import { z } from "zod";

/** What earlier runs of the same upload did. */
const UploadSpent = z.object({
  elapsedMs: z.number(),
  sentBytes: z.number(),
  retries: z.number(),
  /** Runs, this one not counted. */
  runs: z.number(),
  lanes: z.number(),
});
export type UploadSpent = z.infer<typeof UploadSpent>;

/** Everything needed to go on with an upload in another process; the parts themselves are asked of OSS. Plain JSON. */
export const UploadCheckpoint = z.object({
  uploadId: z.string(),
  partSize: z.number(),
  sizeBytes: z.number(),
  mtimeMs: z.number(),
  /** Missing in what older versions wrote. */
  sample: z.string().exactOptional(),
  /** The first parts, that were compared, with their combined CRC-64. */
  verified: z.object({ parts: z.number(), crc64: z.string() }).exactOptional(),
  spent: UploadSpent.exactOptional(),
});
export type UploadCheckpoint = z.infer<typeof UploadCheckpoint>;

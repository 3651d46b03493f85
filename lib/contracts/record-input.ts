import { z } from "zod";
import { CHECK_MODES } from "@/lib/migration/vocabulary/check-mode";

/** Which tasks are asked for. */
export const RecordsFilter = z.strictObject({
  connectionId: z.string(),
  instanceId: z.string(),
  /** Calendar days, UTC, inclusive: `2026-11-22`. */
  from: z.iso.date(),
  to: z.iso.date(),
});
export type RecordsFilter = z.infer<typeof RecordsFilter>;

/** *Upload Incremental Files*: hand a differential or log object to a waiting task. The header is checked first. */
export const UploadIncrementalInput = z.strictObject({
  connectionId: z.string(),
  instanceId: z.string(),
  bucket: z.string(),
  key: z.string(),
  /** It goes in although its header cannot be read here, on the word of who asks. */
  unread: z.boolean().exactOptional(),
});
export type UploadIncrementalInput = z.infer<typeof UploadIncrementalInput>;

/** *Open Database* */
export const OpenDatabaseInput = z.strictObject({
  connectionId: z.string(),
  instanceId: z.string(),
  checkMode: z.enum(CHECK_MODES),
  confirmName: z.string(),
});
export type OpenDatabaseInput = z.infer<typeof OpenDatabaseInput>;

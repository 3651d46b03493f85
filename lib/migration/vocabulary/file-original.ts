import { z } from "zod";

/** What a file was before it was unpacked or renamed: kept in the record. */
export const FileOriginal = z.object({
  why: z.enum(["unpacked", "renamed"]),
  place: z.enum(["folder", "bucket"]),
  name: z.string(),
  /** Its name in the folder or its object key, and the version that was converted. */
  identity: z.string(),
  version: z.string(),
  sizeBytes: z.number(),
});
export type FileOriginal = z.infer<typeof FileOriginal>;

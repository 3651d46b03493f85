import { z } from "zod";
import { FILE_TYPES } from "@/lib/migration/vocabulary/file-type";
import { BackupSetView } from "./catalog";

/** A file of a task as RDS tells it, with the header that we know of it. */
export const RecordFileView = z.object({
  fileName: z.string(),
  sizeBytes: z.number().nullable(),
  type: z.enum(FILE_TYPES),
  status: z.string(),
  providerStatus: z.string(),
  createdAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  description: z.string(),
  /** From our own record, where the file went through Chainferry. */
  header: BackupSetView.nullable(),
});
export type RecordFileView = z.infer<typeof RecordFileView>;
export const RecordFileListView = z.object({ files: z.array(RecordFileView) });

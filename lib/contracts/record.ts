import { z } from "zod";
import { CHECK_MODES } from "@/lib/migration/vocabulary/check-mode";
import { FILE_TYPES } from "@/lib/migration/vocabulary/file-type";
import { BackupSetView } from "./catalog";

/** Cloud Migration Records of Backup Data: tasks of an instance, those made in the console too. */
export const RecordsFilter = z.strictObject({
  connectionId: z.string(),
  instanceId: z.string(),
  /** Calendar days, UTC, inclusive: `2026-11-22`. */
  from: z.iso.date(),
  to: z.iso.date(),
});
export type RecordsFilter = z.infer<typeof RecordsFilter>;

export const RecordTaskView = z.object({
  rdsTaskId: z.string(),
  databaseName: z.string(),
  method: z.enum(["access_pending", "immediate", "other"]),
  status: z.enum(["not_started", "running", "succeeded", "failed", "waiting_for_backup", "other"]),
  providerStatus: z.string(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  replaced: z.boolean(),
  description: z.string(),
  /** Key into `diagnosis.*` (cause, check, remedy) when the description is a known message. */
  diagnosis: z.object({ key: z.string(), params: z.record(z.string(), z.string()) }).nullable(),
  /** Set when Chainferry made it. */
  migrationId: z.string().nullable(),
  /** False when RDS no longer lists it and only our own record does. */
  listedByRds: z.boolean(),
});
export type RecordTaskView = z.infer<typeof RecordTaskView>;
export const RecordListView = z.object({
  tasks: z.array(RecordTaskView),
  asOf: z.iso.datetime(),
  /** Set when RDS could not be asked: the list is our own record. */
  stale: z.boolean(),
});

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

/** *Upload Incremental Files*: hand a differential or log object to a waiting task. The header is checked first. */
export const UploadIncrementalInput = z.strictObject({
  connectionId: z.string(),
  instanceId: z.string(),
  bucket: z.string(),
  key: z.string(),
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

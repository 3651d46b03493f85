/** Where RDS stands with a task, in our words; `other`: a state that this version does not know. */
export const RDS_TASK_STATUSES = [
  "not_started",
  "running",
  "succeeded",
  "failed",
  "waiting_for_backup",
  "other",
] as const;
export type RdsTaskStatus = (typeof RDS_TASK_STATUSES)[number];

/** Of a task that has not come to its end. */
export const UNENDED_TASK_STATUSES: RdsTaskStatus[] = ["not_started", "running", "waiting_for_backup"];

/** Where RDS stands with a file of a task. */
export const RDS_FILE_STATUSES = [
  "not_started",
  "downloading",
  "downloaded",
  "download_failed",
  "checksum_failed",
  "check_succeeded",
  "check_failed",
  "restoring",
  "restored",
  "restore_failed",
  "deleted",
  "delete_failed",
  "other",
] as const;
export type RdsFileStatus = (typeof RDS_FILE_STATUSES)[number];

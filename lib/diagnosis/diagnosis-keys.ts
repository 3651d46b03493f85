/**
 * What a task's description can mean. Texts `diagnosis.<key>.title`, `.cause`, `.check`, `.remedy`; the comment names the
 * params. The messages are those of Alibaba's help pages on importing full and incremental backups.
 */
export const DIAGNOSIS_KEYS = [
  "database_exists", // database
  "differential_in_full_task", // file
  "log_in_full_task", // file
  "file_corrupt_or_newer", // file
  "checkdb_failed",
  "url_expired",
  "disk_too_small_for_restore", // leftMb, neededMb
  "disk_too_small_for_file", // leftMb, neededMb
  "no_init_account", // database
  "open_failed", // database
  "log_too_recent", // lsn
  "checkdb_failed_async", // allocationErrors, consistencyErrors, table (may be empty)
  "checkdb_succeeded_async",
  "full_in_waiting_task", // file
  "database_count_limit", // database
] as const;
export type DiagnosisKey = (typeof DIAGNOSIS_KEYS)[number];

/** Messages that report a success, not a fault: shown without a remedy. */
export const GOOD_NEWS: ReadonlySet<DiagnosisKey> = new Set(["checkdb_succeeded_async"]);

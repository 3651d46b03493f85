import type { CheckMode } from "@/lib/migration/vocabulary/check-mode";
import type { RdsFileStatus, RdsTaskStatus } from "@/lib/migration/vocabulary/rds-status";
import type { ImportRequest, RdsFile, RdsTask } from "./rds-account";

/** Where Alibaba's words end. https://www.alibabacloud.com/help/en/rds/apsaradb-rds-for-sql-server/api-rds-2014-08-15-describemigratetasks-sqlserver */
const taskStatuses: Readonly<Record<string, RdsTaskStatus>> = {
  nostart: "not_started",
  running: "running",
  success: "succeeded",
  failed: "failed",
  // Somebody ended it (TerminateMigrateTask): nothing more comes of it.
  terminated: "failed",
  waiting: "waiting_for_backup",
};

const fileStatuses: Readonly<Record<string, RdsFileStatus>> = {
  nostart: "not_started",
  downloading: "downloading",
  finished: "downloaded",
  downloadfailed: "download_failed",
  verifyfailed: "checksum_failed",
  checksuccess: "check_succeeded",
  checkfailed: "check_failed",
  restoring: "restoring",
  restored: "restored",
  restorefailed: "restore_failed",
  deleted: "deleted",
  deletefailed: "delete_failed",
};

/** Current words and those of older answers. */
const fileTypes: Readonly<Record<string, RdsFile["type"]>> = {
  database: "full",
  full: "full",
  differential_database: "differential",
  diff: "differential",
  transaction_log: "log",
  log: "log",
};

const taskMethods: Readonly<Record<string, RdsTask["method"]>> = {
  updf: "access_pending",
  "2": "access_pending",
  full: "immediate",
  "0": "immediate",
};

/** Every word that is translated here, in lower case. */
export const RDS_WORDS = {
  taskStatuses: Object.keys(taskStatuses),
  taskMethods: Object.keys(taskMethods),
  fileStatuses: Object.keys(fileStatuses),
  fileTypes: Object.keys(fileTypes),
} as const;

export function toTaskStatus(word: string): RdsTaskStatus {
  return taskStatuses[word.toLowerCase()] ?? "other";
}

export function toFileStatus(word: string): RdsFileStatus {
  return fileStatuses[word.toLowerCase()] ?? "other";
}

export function toFileType(word: string): RdsFile["type"] {
  return fileTypes[word.toLowerCase()] ?? "other";
}

export function toTaskMethod(word: string): RdsTask["method"] {
  return taskMethods[word.toLowerCase()] ?? "other";
}

export function checkModeWord(mode: CheckMode): string {
  return mode === "sync" ? "SyncExecuteDBCheck" : "AsyncExecuteDBCheck";
}

/** Only these two pairs of BackupMode and IsOnlineDB are accepted. */
export function methodWords(method: ImportRequest["method"]): { backupMode: string; isOnlineDB: string } {
  return method === "immediate"
    ? { backupMode: "FULL", isOnlineDB: "True" }
    : { backupMode: "UPDF", isOnlineDB: "False" };
}

/** `<endpoint>:<bucket>:<key>`; the key without a leading slash, the endpoint without its scheme. */
export function ossObjectPosition(object: ImportRequest["object"]): string {
  const endpoint = object.endpoint.replace(/^https?:\/\//i, "").replace(/\/+$/, "");
  return `${endpoint}:${object.bucket}:${object.key.replace(/^\/+/, "")}`;
}

/** FileSize of DescribeOssDownloads: megabytes as text, `"2"` or `"2MB"`. Null when unreadable. */
export function parseFileSize(text: string | null | undefined): number | null {
  const match = /^\s*(\d+(?:\.\d+)?)\s*(MB?)?\s*$/i.exec(text ?? "");
  return match ? Math.round(Number(match[1]) * 1024 * 1024) : null;
}

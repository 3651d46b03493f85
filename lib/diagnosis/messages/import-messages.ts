import type { Message } from "./message";
import { SOURCES } from "./sources";

/** What a task's description says while RDS imports and opens: Alibaba's pages on full and incremental import. */
export const IMPORT_MESSAGES = [
  {
    key: "database_exists",
    templates: [
      "The database ({database}) is already exist on RDS",
      "The database ({database}) already exists on RDS",
      "The database ({database}) is already exists on RDS",
    ],
    source: SOURCES.fullImport,
  },
  {
    key: "differential_in_full_task",
    templates: ["Backup set ({file}) is a Database Differential backup, we only accept a FULL backup"],
    source: SOURCES.fullImport,
  },
  {
    key: "log_in_full_task",
    templates: ["Backup set ({file}) is a Transaction Log backup, we only accept a FULL backup"],
    source: SOURCES.fullImport,
  },
  {
    key: "full_in_waiting_task",
    templates: [
      "Backup set ({file}) is a Database FULL backup, we only accept transaction log or differential backup",
    ],
    source: SOURCES.incrementalImport,
  },
  {
    key: "file_corrupt_or_newer",
    templates: ["Failed to verify {file}, backup file was corrupted or newer edition than RDS"],
    source: SOURCES.fullImport,
  },
  {
    key: "file_verify_failed",
    codes: ["VerifyFailed"],
    weight: "frame",
    source: SOURCES.describeOssDownloads,
  },
  {
    key: "checkdb_succeeded_async",
    templates: ["Success to DBCC checkdb asynchronously", "Successfully to DBCC checkdb asynchronously"],
    weight: "news",
    source: SOURCES.incrementalImport,
  },
  {
    key: "checkdb_failed_async",
    templates: [
      "asynchronously DBCC checkdb failed: CHECKDB found {allocationErrors#} allocation errors and {consistencyErrors#} consistency errors in table '{table}' (object ID {objectId#})",
      "asynchronously DBCC checkdb failed: CHECKDB found {allocationErrors#} allocation errors and {consistencyErrors#} consistency errors in database '{table}'.",
      "asynchronously DBCC checkdb failed: CHECKDB found {allocationErrors#} allocation errors and {consistencyErrors#} consistency errors",
      "asynchronously DBCC checkdb failed",
    ],
    source: SOURCES.incrementalImport,
  },
  {
    key: "checkdb_failed",
    patterns: [/(?<!\w)dbcc checkdb failed(?!\w| (?:to|because|due)\b)/i],
    weight: "frame",
    source: SOURCES.fullImport,
  },
  {
    key: "url_expired",
    templates: [
      "Failed to download backup file since OSS URL was expired",
      "Failed to download backup file since the OSS URL has expired",
    ],
    source: SOURCES.fullImport2008,
  },
  {
    key: "download_failed",
    patterns: [
      /(?<!\w)failed to download(?:(?: the)?(?: oss)?(?: backup)?(?: files?)?(?: ?[(']?(?<file>.{1,200}?\.(?:bak|diff|trn|log|zip|lbak))[)']?(?!\w))?)? ?(?:[.,;:(<]|$|(?:from|since|because|due|in|request)\b)/i,
    ],
    codes: ["DownloadFailed"],
    weight: "frame",
    source: SOURCES.describeOssDownloads,
  },
  {
    key: "disk_too_small_for_restore",
    templates: ["Not Enough Disk Space for restoring, space left ({leftMb#} MB) < needed ({neededMb#} MB)"],
    source: SOURCES.fullImport,
  },
  {
    key: "disk_too_small_for_file",
    templates: ["Not Enough Disk Space, space left ({leftMb#} MB) < bak file ({neededMb#} MB)"],
    source: SOURCES.fullImport,
  },
  {
    key: "no_init_account",
    templates: [
      "Your RDS doesn't have any init account yet, please create one and grant permissions on RDS console to this migrated database ({database})",
      "Your RDS does not have any init account yet",
      "Your RDS doesn't have any init account yet",
    ],
    source: SOURCES.fullImport,
  },
  {
    key: "database_count_limit",
    templates: [
      "The database ({database}) migration failed due to databases count limitation",
      "The database ({database}) migration failed due to database count limitation",
    ],
    source: SOURCES.incrementalImport,
  },
  {
    key: "open_failed",
    // Not the message of some program that could not open a database connection or a file.
    patterns: [
      /(?<!\w)failed to open database '(?<database>.{1,400}?)'(?!\w)/i,
      /(?<!\w)failed to open database (?!(?:connection|file|session|handle|engine)s?(?!\w))(?<database>[^'].{0,400}?)(?: ?\.(?=[ )'\]}]|$)|$|(?= request ?id\b))/i,
    ],
    source: SOURCES.incrementalImport,
  },
  {
    key: "import_role_ready",
    templates: [
      "You have authorized RDS official service account to access your OSS",
      "您已授权RDS官方服务账号可以访问您OSS的权限",
    ],
    weight: "news",
    source: SOURCES.guide,
  },
] as const satisfies readonly Message[];

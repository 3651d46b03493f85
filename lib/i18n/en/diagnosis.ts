import type { DiagnosisTextKey } from "@/lib/diagnosis/diagnose-description";

/** What a task's description means: title, cause, what to check, remedy. */
export const diagnosis = {
  "database_exists.title": "The database exists on the instance",
  "database_exists.cause":
    "A database named {database} is already on the instance; RDS does not overwrite it.",
  "database_exists.check": "Look at the instance’s database list.",
  "database_exists.remedy": "Import under another name, or delete that database first if it is not needed.",
  "differential_in_full_task.title": "A differential was given where a full backup is needed",
  "differential_in_full_task.cause": "{file} is a differential backup; the first file must be a full backup.",
  "differential_in_full_task.check": "Read the file’s header: its type is differential.",
  "differential_in_full_task.remedy":
    "Begin with the full backup that is its base, method Access Pending (Incremental Backup).",
  "log_in_full_task.title": "A log backup was given where a full backup is needed",
  "log_in_full_task.cause": "{file} is a log backup; the first file must be a full backup.",
  "log_in_full_task.check": "Read the file’s header: its type is log.",
  "log_in_full_task.remedy": "Begin with a full backup, method Access Pending (Incremental Backup).",
  "file_corrupt_or_newer.title": "The backup file cannot be read",
  "file_corrupt_or_newer.cause": "{file} is damaged, or comes from a newer SQL Server than the instance.",
  "file_corrupt_or_newer.check":
    "Compare size and checksum with the original, and the versions of both sides.",
  "file_corrupt_or_newer.remedy": "Upload it again, or choose an instance of the same or a newer version.",
  "checkdb_failed.title": "DBCC CHECKDB found errors",
  "checkdb_failed.cause": "The database has damaged pages, most likely on the source already.",
  "checkdb_failed.check": "Run DBCC CHECKDB on the source.",
  "checkdb_failed.remedy":
    "Repair on the source and import again, or choose Asynchronous DBCC and look at the result.",
  "url_expired.title": "The file’s address has expired",
  "url_expired.cause": "RDS could not download the file before its signed address ran out.",
  "url_expired.check": "Look whether the task waited long before it began.",
  "url_expired.remedy": "Import the file again.",
  "disk_too_small_for_restore.title": "Too little space to restore",
  "disk_too_small_for_restore.cause":
    "{leftMb} MB are free, {neededMb} MB are needed for the restored database.",
  "disk_too_small_for_restore.check": "Look at the instance’s storage in the console.",
  "disk_too_small_for_restore.remedy": "Enlarge the storage, then import again.",
  "disk_too_small_for_file.title": "Too little space for the backup file",
  "disk_too_small_for_file.cause": "{leftMb} MB are free, {neededMb} MB are needed for the file.",
  "disk_too_small_for_file.check": "Look at the instance’s storage in the console.",
  "disk_too_small_for_file.remedy": "Enlarge the storage, or take the backup WITH COMPRESSION.",
  "no_init_account.title": "The instance has no privileged account",
  "no_init_account.cause": "RDS needs an initial account to open {database}.",
  "no_init_account.check": "Look at the instance’s accounts in the console.",
  "no_init_account.remedy": "Create a privileged account, then try again.",
  "open_failed.title": "The database could not be opened",
  "open_failed.cause":
    "{database} uses features that the instance’s edition does not have, or its restore is not complete.",
  "open_failed.check":
    "Compare the editions: sys.dm_db_persisted_sku_features on the source lists such features.",
  "open_failed.remedy":
    "Choose an instance of the same edition, or remove the features and begin with a new full backup.",
  "log_too_recent.title": "A log backup is missing before this file",
  "log_too_recent.cause": "The file begins after the point that the target has reached (LSN {lsn}).",
  "log_too_recent.check":
    "Look in msdb for the log backup that contains that LSN: another tool may have taken it.",
  "log_too_recent.remedy": "Import that log backup first, or take a differential.",
  "other_database.title": "The file is a backup of another database",
  "other_database.cause":
    "The target {database} was restored from another database than this file was taken from: a name says nothing, its family GUID does.",
  "other_database.check": "Compare the family GUID in both files’ headers (RESTORE HEADERONLY).",
  "other_database.remedy":
    "Import the backup of the right database. Where this one is meant, begin anew with its full backup under another name.",
  "checkdb_failed_async.title": "DBCC CHECKDB found errors; the database is open",
  "checkdb_failed_async.cause":
    "{allocationErrors} allocation errors and {consistencyErrors} consistency errors. {table}",
  "checkdb_failed_async.check": "Run DBCC CHECKDB on the source: the damage is most likely there too.",
  "checkdb_failed_async.remedy": "Decide whether to go back to the source, or to repair on RDS.",
  "checkdb_succeeded_async.title": "DBCC CHECKDB found no errors",
  "checkdb_succeeded_async.cause": "The database was opened first and checked then.",
  "checkdb_succeeded_async.check": "Nothing to check.",
  "checkdb_succeeded_async.remedy": "Nothing to do.",
  "full_in_waiting_task.title": "A full backup was given where a differential or log is needed",
  "full_in_waiting_task.cause":
    "{file} is a full backup; the task waits for a file that continues its chain.",
  "full_in_waiting_task.check": "Read the file’s header: its type is full, whatever its name says.",
  "full_in_waiting_task.remedy": "Give a differential or log backup that continues the chain.",
  "database_count_limit.title": "The instance takes no more databases",
  "database_count_limit.cause":
    "The instance has reached its number of databases, so {database} was not imported.",
  "database_count_limit.check": "Look at the instance’s database list and its class.",
  "database_count_limit.remedy": "Delete a database that is not needed, or choose a larger class.",
} as const satisfies Record<DiagnosisTextKey, string> & Record<string, string>;

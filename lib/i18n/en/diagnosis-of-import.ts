import type { IMPORT_MESSAGES } from "@/lib/diagnosis/messages/import-messages";
import type { MessageTexts } from "@/lib/diagnosis/messages/message";

/** What a task says while RDS imports and opens. */
export const diagnosisOfImport = {
  "database_exists.title": "The database exists on the instance",
  "database_exists.cause":
    "A database named {database} is already on the instance; RDS does not overwrite it.",
  "database_exists.check":
    "Look at the instance’s database list. Files left behind by a detached database of that name count, too.",
  "database_exists.remedy": "Import under another name, or back that database up and delete it first.",
  "differential_in_full_task.title": "A differential was given where a full backup is needed",
  "differential_in_full_task.cause": "{file} is a differential backup; the first file must be a full backup.",
  "differential_in_full_task.check":
    "Read the file’s header: its type is differential, whatever its name says.",
  "differential_in_full_task.remedy":
    "Begin with the full backup that is its base, method Access Pending (Incremental Backup).",
  "log_in_full_task.title": "A log backup was given where a full backup is needed",
  "log_in_full_task.cause": "{file} is a log backup; the first file must be a full backup.",
  "log_in_full_task.check": "Read the file’s header: its type is log, whatever its name says.",
  "log_in_full_task.remedy": "Begin with a full backup, method Access Pending (Incremental Backup).",
  "full_in_waiting_task.title": "A full backup was given where a differential or log is needed",
  "full_in_waiting_task.cause":
    "{file} is a full backup; the task waits for a file that continues its chain.",
  "full_in_waiting_task.check": "Read the file’s header: its type is full, whatever its name says.",
  "full_in_waiting_task.remedy": "Give a differential or log backup that continues the chain.",
  "file_corrupt_or_newer.title": "The backup file cannot be read",
  "file_corrupt_or_newer.cause": "{file} is damaged, or comes from a newer SQL Server than the instance.",
  "file_corrupt_or_newer.check":
    "Compare size and CRC-64 with the original, run RESTORE VERIFYONLY on it at the source, and compare the versions of both sides.",
  "file_corrupt_or_newer.remedy":
    "If the copy differs, upload it again. If the source is newer, choose an instance of the same or a newer version.",
  "file_verify_failed.title": "The file did not pass RDS’s verification",
  "file_verify_failed.cause": "RDS downloaded the file and found that it is not the backup it should be.",
  "file_verify_failed.check":
    "Compare size and CRC-64 of the object with the original, and the versions of both sides.",
  "file_verify_failed.remedy": "Upload the file again, then import it once more.",
  "checkdb_succeeded_async.title": "DBCC CHECKDB found no errors",
  "checkdb_succeeded_async.cause": "The database was opened first and checked then.",
  "checkdb_succeeded_async.check": "Nothing to check.",
  "checkdb_succeeded_async.remedy": "Nothing to do.",
  "checkdb_failed_async.title": "DBCC CHECKDB found errors; the database is open",
  "checkdb_failed_async.cause":
    "{allocationErrors} allocation errors and {consistencyErrors} consistency errors in {table}: the damage came along from the source.",
  "checkdb_failed_async.check":
    "Run DBCC CHECKDB WITH NO_INFOMSGS, ALL_ERRORMSGS on the source: the damage is most likely there too.",
  "checkdb_failed_async.remedy":
    "Repair the source and migrate anew. Or repair on RDS with DBCC CHECKDB (…, REPAIR_ALLOW_DATA_LOSS), which may lose data.",
  "checkdb_failed.title": "DBCC CHECKDB found errors",
  "checkdb_failed.cause": "The database has damaged pages, most likely on the source already.",
  "checkdb_failed.check": "Run DBCC CHECKDB WITH NO_INFOMSGS, ALL_ERRORMSGS on the source.",
  "checkdb_failed.remedy":
    "Repair on the source (REPAIR_ALLOW_DATA_LOSS may lose data), take a new full backup and import again; or choose Asynchronous DBCC and look at the result.",
  "url_expired.title": "The file’s address has expired",
  "url_expired.cause": "RDS could not download the file before its signed address ran out.",
  "url_expired.check":
    "Look whether the task waited long before it began. Only instances of SQL Server 2008 R2 with local disks take signed addresses.",
  "url_expired.remedy":
    "Sign a new address that stays valid for long enough (up to 18 hours), then import again.",
  "download_failed.title": "RDS could not download the file",
  "download_failed.cause":
    "RDS did not get the object from the bucket. The message does not say why: it may be gone or renamed, in another region, or not readable for the role AliyunRDSImportRole.",
  "download_failed.check":
    "Look whether the object is still in the bucket under that name, in the instance’s region and of the storage class Standard, and whether the role AliyunRDSImportRole and its policy are unchanged.",
  "download_failed.remedy":
    "Put right what differs, then import the file again: that spends one more import.",
  "disk_too_small_for_restore.title": "Too little space to restore",
  "disk_too_small_for_restore.cause":
    "{leftMb} MB are free, {neededMb} MB are needed for the restored database.",
  "disk_too_small_for_restore.check":
    "Look at the instance’s storage in the console, and at the size of the source’s data and log files.",
  "disk_too_small_for_restore.remedy": "Enlarge the storage, then import again.",
  "disk_too_small_for_file.title": "Too little space for the backup file",
  "disk_too_small_for_file.cause": "{leftMb} MB are free, {neededMb} MB are needed for the file.",
  "disk_too_small_for_file.check": "Look at the instance’s storage in the console.",
  "disk_too_small_for_file.remedy": "Enlarge the storage, or take the backup WITH COMPRESSION.",
  "no_init_account.title": "The database is imported, but the instance has no privileged account",
  "no_init_account.cause":
    "The task has succeeded. Nobody may log in to {database} yet, because accounts do not travel with a backup.",
  "no_init_account.check":
    "Look at the instance’s accounts in the console: there is none of the type privileged. {database} is in the list of databases.",
  "no_init_account.remedy":
    "Create a privileged account and grant it {database}; if it existed before, reset its permissions. Do not import again: RDS would answer that the database already exists.",
  "database_count_limit.title": "The instance takes no more databases",
  "database_count_limit.cause":
    "The instance has reached its number of databases, so {database} was not imported.",
  "database_count_limit.check": "Compare the instance’s database list with the limit of its class.",
  "database_count_limit.remedy":
    "Delete a database that is not needed, choose a larger class, or migrate to another instance.",
  "open_failed.title": "The database could not be opened",
  "open_failed.cause":
    "{database} uses features that the instance’s edition does not have, such as data compression or table partitioning.",
  "open_failed.check":
    "Compare the editions: sys.dm_db_persisted_sku_features on the source lists such features.",
  "open_failed.remedy":
    "Choose an instance of the same edition, or remove the features on the source and begin with a new full backup.",
  "import_role_ready.title": "RDS is authorized to read OSS",
  "import_role_ready.cause": "The role AliyunRDSImportRole exists, as imports need it.",
  "import_role_ready.check": "Nothing to check.",
  "import_role_ready.remedy": "Nothing to do. Do not change or delete the role.",
} as const satisfies MessageTexts<(typeof IMPORT_MESSAGES)[number]["key"]>;

import type { BACKUP_MESSAGES } from "@/lib/diagnosis/messages/backup-messages";
import type { MessageTexts } from "@/lib/diagnosis/messages/message";
import type { SERVER_MESSAGES } from "@/lib/diagnosis/messages/server-messages";

type Key = (typeof BACKUP_MESSAGES | typeof SERVER_MESSAGES)[number]["key"];

/** What SQL Server says of its backups, its databases and its logins. */
export const explanationOfSource = {
  "snapshot_not_allowed.title": "A database snapshot cannot be backed up",
  "snapshot_not_allowed.cause": "The name given is a snapshot’s, not a database’s.",
  "snapshot_not_allowed.check": "source_database_id in sys.databases is set for a snapshot.",
  "snapshot_not_allowed.remedy": "Back up the database that the snapshot is of.",
  "inside_transaction.title": "Backups do not run inside a transaction",
  "inside_transaction.cause": "The session has an open transaction, or implicit transactions are on.",
  "inside_transaction.check": "SELECT @@TRANCOUNT in that session is above 0.",
  "inside_transaction.remedy": "COMMIT or ROLLBACK, SET IMPLICIT_TRANSACTIONS OFF, then try again.",
  "backup_must_be_serialized.title": "Another backup or file operation runs on this database",
  "backup_must_be_serialized.cause":
    "Of full and differential backups, ADD FILE, shrinking and changes of encryption only one runs at a time.",
  "backup_must_be_serialized.check":
    "sys.dm_exec_requests shows it: command BACKUP DATABASE, DbccFilesCompact and the like.",
  "backup_must_be_serialized.remedy": "Wait until it has ended, then try again.",
  "differential_needs_full.title": "There is no full backup to count the differential from",
  "differential_needs_full.cause":
    "{database} has no full backup yet, or the last one was a volume snapshot.",
  "differential_needs_full.check": "msdb.dbo.backupset has no row of type D with is_copy_only = 0 for it.",
  "differential_needs_full.remedy": "Take a full backup first.",
  "warm_standby.title": "The database is a standby",
  "warm_standby.cause":
    "{database} is being restored WITH STANDBY and cannot be backed up before that has ended.",
  "warm_standby.check": "is_in_standby in sys.databases is 1.",
  "warm_standby.remedy": "Back up the primary server’s database instead.",
  "backup_failed_see_log.title": "A backup failed",
  "backup_failed_see_log.cause": "This line of the error log only names the statement ({command}).",
  "backup_failed_see_log.check":
    "Read the lines above it in the error log, and the output of the backup job.",
  "backup_failed_see_log.remedy": "Explain those messages.",
  "damaged_page_on_source.title": "SQL Server found a damaged page while it took the backup",
  "damaged_page_on_source.cause": "Page {fileId}:{page} in {file} of {database} has a wrong checksum.",
  "damaged_page_on_source.check":
    "Run DBCC CHECKDB WITH NO_INFOMSGS, ALL_ERRORMSGS on the source; msdb.dbo.suspect_pages lists damaged pages.",
  "damaged_page_on_source.remedy":
    "Repair before you migrate: restore the page from a sound backup, or DBCC CHECKDB with the repair level that it names.",
  "backup_on_secondary.title": "This backup is not possible on a secondary replica",
  "backup_on_secondary.cause":
    "The server holds a mirror or a secondary replica of the database, or is not synchronized.",
  "backup_on_secondary.check": "sys.dm_hadr_database_replica_states says which replica is primary.",
  "backup_on_secondary.remedy": "Take the backup on the primary replica.",
  "device_access_denied.title": "SQL Server may not open the backup file",
  "device_access_denied.cause":
    "Access to {device} was denied. SQL Server opens it with its service account, not with your login.",
  "device_access_denied.check": "SELECT service_account FROM sys.dm_server_services names that account.",
  "device_access_denied.remedy": "Grant the service account rights to read and write on the folder or share.",
  "device_path_not_found.title": "SQL Server does not find the backup file’s path",
  "device_path_not_found.cause":
    "{device} does not exist as the server sees it: folder, drive or share. Mapped drives of your session are not the server’s.",
  "device_path_not_found.check": "EXEC master.dbo.xp_fileexist with that path, on the server.",
  "device_path_not_found.remedy": "Create the folder on the server, or give a path that the server has.",
  "device_in_use.title": "Another program holds the file open",
  "device_in_use.cause": "A virus scanner, a copy program or another backup has the file open.",
  "device_in_use.check":
    "Look which process holds it (Resource Monitor, handle.exe) on the machine that the file lies on.",
  "device_in_use.remedy":
    "Wait until it has ended, or exclude the folder from scanning. Give each backup a file of its own.",
  "device_not_openable.title": "SQL Server cannot open the backup file",
  "device_not_openable.cause":
    "{device} could not be opened. The error of the operating system says why: 5 is access denied, 3 a missing path, 32 a file in use, 50 an address that is not supported.",
  "device_not_openable.check":
    "EXEC master.dbo.xp_fileexist with that path, on the server; SQL Server opens it with its service account.",
  "device_not_openable.remedy": "Create the folder, or grant the service account rights on it.",
  "device_full.title": "The disk of the backup folder is full",
  "device_full.cause": "The operating system reports error 112: there is not enough space on the disk.",
  "device_full.check": "Compare the free space on that volume with backup_size in msdb.dbo.backupset.",
  "device_full.remedy": "Free space, choose another folder, or take the backup WITH COMPRESSION.",
  "device_write_failed.title": "SQL Server could not write the backup file",
  "device_write_failed.cause": "Writing to {device} failed; the error of the operating system says why.",
  "device_write_failed.check":
    "Look at free space on that volume, and at the system’s event log for disk or network errors.",
  "device_write_failed.remedy": "Put right what the operating system names, then take the backup again.",
  "device_read_failed.title": "SQL Server could not read the backup file",
  "device_read_failed.cause":
    "Reading {device} failed: it is cut off (error 38), or the disk or network is at fault.",
  "device_read_failed.check":
    "Compare the file’s size with the original, and look at the system’s event log.",
  "device_read_failed.remedy": "Copy the file again. If the original is cut off, take the backup again.",
  "device_io_error.title": "Reading or writing the backup file broke off",
  "device_io_error.cause": "On {device} an I/O error occurred that a repeat did not help.",
  "device_io_error.check": "Look at the system’s event log for disk and network errors at that time.",
  "device_io_error.remedy": "Mend disk, share or network, then take the backup again.",
  "simple_recovery_model.title": "The recovery model is SIMPLE: there are no log backups",
  "simple_recovery_model.cause": "In the recovery model SIMPLE the log is not kept for backups.",
  "simple_recovery_model.check": "recovery_model_desc in sys.databases says SIMPLE.",
  "simple_recovery_model.remedy":
    "ALTER DATABASE … SET RECOVERY FULL, then take a full backup. Or use Immediate Access (Full Backup).",
  "log_needs_full.title": "There is no full backup yet, so no log backup can be taken",
  "log_needs_full.cause":
    "The log chain begins with a full backup, and there was none since the recovery model became FULL.",
  "log_needs_full.check": "last_log_backup_lsn in sys.database_recovery_status is NULL.",
  "log_needs_full.remedy": "Take a full backup first.",
  "log_pending_replication.title": "The log is kept for replication or Change Data Capture",
  "log_pending_replication.cause":
    "A warning: the backup was taken, but the log could not be truncated and keeps growing.",
  "log_pending_replication.check": "log_reuse_wait_desc in sys.databases says REPLICATION.",
  "log_pending_replication.remedy":
    "Start the Log Reader Agent or the capture job. The migration is not affected.",
  "log_of_read_only.title": "The log backup of a read-only database was taken",
  "log_of_read_only.cause":
    "A note: the database is read-only, so the next log backup would hold the same again.",
  "log_of_read_only.check": "is_read_only in sys.databases is 1.",
  "log_of_read_only.remedy": "Nothing to do: this is what the last log backup after SET READ_ONLY says.",
  "log_chain_broken.title": "The log chain is broken",
  "log_chain_broken.cause": "The recovery model was SIMPLE in between, or the log was thrown away.",
  "log_chain_broken.check": "Look in the error log for a change of the recovery model.",
  "log_chain_broken.remedy": "Take a full or differential backup; log backups go on from there.",
  "not_in_this_edition.title": "The source’s edition does not have this option",
  "not_in_this_edition.cause":
    "An option of the statement is not in this edition; {edition} takes backups without compression.",
  "not_in_this_edition.check": "SELECT SERVERPROPERTY(Edition).",
  "not_in_this_edition.remedy": "Leave out the option: without COMPRESSION the backup works, and is larger.",
  "backup_succeeded.title": "The backup or restore succeeded",
  "backup_succeeded.cause": "SQL Server tells how much it processed, and how fast.",
  "backup_succeeded.check": "Nothing to check.",
  "backup_succeeded.remedy": "Nothing to do.",
  "pages_processed.title": "A file of the database was processed",
  "pages_processed.cause": "SQL Server tells it once for each file of {database}.",
  "pages_processed.check": "Nothing to check.",
  "pages_processed.remedy": "Nothing to do.",
  "percent_processed.title": "The backup or restore is under way",
  "percent_processed.cause": "SQL Server tells how far it has come.",
  "percent_processed.check": "Nothing to check.",
  "percent_processed.remedy": "Nothing to do.",
  "script_type_unknown.title": "The backup script does not know this type",
  "script_type_unknown.cause": "@backup_type is {type}; it takes FULL, DIFF or LOG.",
  "script_type_unknown.check": "Look at @backup_type at the head of the script.",
  "script_type_unknown.remedy": "Set @backup_type to FULL, DIFF or LOG.",
  "script_folder_empty.title": "The backup script needs a folder",
  "script_folder_empty.cause": "@backup_folder is empty.",
  "script_folder_empty.check": "Look at @backup_folder at the head of the script.",
  "script_folder_empty.remedy":
    "Set @backup_folder to a folder on the server that its service account may write to.",
  "script_is_run_wrong.title": "The backup script takes 0 or 1 for @is_run",
  "script_is_run_wrong.cause": "@is_run has another value.",
  "script_is_run_wrong.check": "Look at @is_run at the head of the script.",
  "script_is_run_wrong.remedy": "Set @is_run to 1 to take the backup, or to 0 to check only.",
  "script_working.title": "The backup script is at work",
  "script_working.cause": "It says which of its databases it has come to.",
  "script_working.check": "Nothing to check.",
  "script_working.remedy": "Nothing to do.",
  "checkdb_clean.title": "DBCC CHECKDB found no errors",
  "checkdb_clean.cause":
    "{database} has no allocation errors and no consistency errors: it is ready to be migrated.",
  "checkdb_clean.check": "Nothing to check.",
  "checkdb_clean.remedy": "Nothing to do.",
  "checkdb_found_errors.title": "DBCC CHECKDB found errors",
  "checkdb_found_errors.cause":
    "{allocationErrors} allocation errors and {consistencyErrors} consistency errors in {table}.",
  "checkdb_found_errors.check":
    "Run DBCC CHECKDB WITH NO_INFOMSGS, ALL_ERRORMSGS again, and read the errors above this line.",
  "checkdb_found_errors.remedy":
    "Restore a sound backup, or repair with the level that DBCC names (REPAIR_ALLOW_DATA_LOSS may lose data), before you migrate.",
  "checkdb_repair_level.title": "DBCC CHECKDB found errors whose repair may lose data",
  "checkdb_repair_level.cause": "The least repair that mends them all is REPAIR_ALLOW_DATA_LOSS.",
  "checkdb_repair_level.check": "Read the errors above this line: they name tables and pages.",
  "checkdb_repair_level.remedy":
    "Restore a sound backup where there is one. Repair only if the loss is acceptable.",
  "dbcc_completed.title": "DBCC has ended",
  "dbcc_completed.cause": "This line always closes its output, with or without errors.",
  "dbcc_completed.check":
    "Read the lines above it: “0 allocation errors and 0 consistency errors” is what you want.",
  "dbcc_completed.remedy": "Nothing to do unless there are errors above.",
  "filegroup_full.title": "A filegroup is full",
  "filegroup_full.cause":
    "Filegroup {filegroup} of {database} has no more space; DBCC CHECKDB needs space in tempdb, too.",
  "filegroup_full.check": "Look at free space, MAXSIZE and autogrowth of its files in sys.database_files.",
  "filegroup_full.remedy": "Free space, add a file, or let the files grow.",
  "log_full.title": "The transaction log is full",
  "log_full.cause": "The log of {database} cannot be truncated ({waitsFor}).",
  "log_full.check": "log_reuse_wait_desc in sys.databases says what holds it.",
  "log_full.remedy":
    "LOG_BACKUP: take a log backup. ACTIVE_TRANSACTION: end the oldest transaction. Or enlarge the log file.",
  "data_file_not_openable.title": "SQL Server cannot open a file of the database",
  "data_file_not_openable.cause": "{file} is missing, in use, or not readable for the service account.",
  "data_file_not_openable.check":
    "Look whether it exists, and at the error of the operating system in the message.",
  "data_file_not_openable.remedy": "Put the file back or grant the service account rights on it.",
  "data_file_not_creatable.title": "SQL Server cannot create a file of the database",
  "data_file_not_creatable.cause": "{file} could not be created: folder missing, no rights, or no space.",
  "data_file_not_creatable.check":
    "Look at the folder and at the error of the operating system in the message.",
  "data_file_not_creatable.remedy":
    "Create the folder or grant the service account rights on it; for DBCC CHECKDB free space beside the data files.",
  "lock_on_database.title": "The database could not be locked for the change",
  "lock_on_database.cause": "Somebody works in {database}, or another change of its state waits.",
  "lock_on_database.check": "sys.dm_tran_locks and sys.dm_exec_sessions list who is in the database.",
  "lock_on_database.remedy": "Try again; WITH ROLLBACK IMMEDIATE ends the sessions that stand in the way.",
  "single_user_seat_taken.title": "Somebody else has the only seat of the database",
  "single_user_seat_taken.cause": "{database} is in SINGLE_USER, and another session got in first.",
  "single_user_seat_taken.check": "sys.dm_exec_sessions shows whose session it is.",
  "single_user_seat_taken.remedy":
    "End that session (KILL), then SET MULTI_USER, or use RESTRICTED_USER instead.",
  "others_use_database.title": "Other sessions are in the database",
  "others_use_database.cause": "The state of {database} cannot change while others use it.",
  "others_use_database.check": "sys.dm_exec_sessions lists who is in the database.",
  "others_use_database.remedy": "End those sessions, or add WITH ROLLBACK IMMEDIATE to the statement.",
  "alter_database_failed.title": "The database was not changed",
  "alter_database_failed.cause": "This line only closes the output. The message before it says why.",
  "alter_database_failed.check": "Read the messages above it.",
  "alter_database_failed.remedy": "Explain the message before it.",
  "login_failed.title": "SQL Server refused the login",
  "login_failed.cause":
    "User {login} was refused. The message tells nobody why; the server’s error log has the state.",
  "login_failed.check":
    "Look for error 18456 in the server’s error log: state 5 is an unknown login, 8 a wrong password, 7 a disabled login, 58 a server that takes Windows accounts only.",
  "login_failed.remedy": "Check user and password, and that the server allows SQL Server authentication.",
  "login_cannot_open_database.title": "The login may not open this database",
  "login_cannot_open_database.cause":
    "{database} does not exist, is offline or restoring, or the login has no user in it.",
  "login_cannot_open_database.check":
    "Look at state_desc in sys.databases, and for the login’s user in the database.",
  "login_cannot_open_database.remedy": "Correct the name, or CREATE USER … FOR LOGIN in the database.",
} as const satisfies MessageTexts<Key>;

import type { MessageTexts } from "@/lib/diagnosis/messages/message";
import type { RESTORE_MESSAGES } from "@/lib/diagnosis/messages/restore-messages";

/** What SQL Server says while it restores: about the chain, the file, and where it is restored. */
export const diagnosisOfRestore = {
  "log_too_recent.title": "A log backup is missing before this file",
  "log_too_recent.cause":
    "The file begins at LSN {lsn}, after the point that the target has reached: a file is missing, or files came in another order.",
  "log_too_recent.check":
    "Look in msdb for the log backup whose FirstLSN and LastLSN enclose the target’s point: another tool may have taken it.",
  "log_too_recent.remedy": "Import that log backup first, or take a differential: it bridges the gap.",
  "log_too_early.title": "The target holds this log already",
  "log_too_early.cause":
    "The file ends at LSN {lsn}, before the point that the target has reached. It does no harm.",
  "log_too_early.check": "Compare the file’s LastLSN with the LastLSN of the file restored last.",
  "log_too_early.remedy": "Leave this file out and go on with the next one.",
  "log_gap.title": "The log chain has a gap",
  "log_gap.cause": "Between the data restored so far and this log, log records are missing for good.",
  "log_gap.check":
    "Look on the source whether the recovery model was changed to SIMPLE in between, or a log backup was lost.",
  "log_gap.remedy":
    "Take a differential based on the restored full backup, or begin anew with a full backup.",
  "other_recovery_fork.title": "The file belongs to another recovery fork",
  "other_recovery_fork.cause":
    "The source was restored to an earlier point and went on from there; this file lies on the other branch than the target.",
  "other_recovery_fork.check":
    "Compare FirstRecoveryForkID and LastRecoveryForkID in the headers (RESTORE HEADERONLY).",
  "other_recovery_fork.remedy":
    "Give files of the branch that the target is on, or begin anew with a full backup taken after the restore.",
  "log_ends_too_early.title": "The database cannot be opened at this point yet",
  "log_ends_too_early.cause":
    "The log ends at LSN {endLsn}; the data needs more log than that before it is consistent.",
  "log_ends_too_early.check": "Compare the last log’s LastLSN with the LSN that the message names.",
  "log_ends_too_early.remedy": "Restore the following log backups WITH NORECOVERY first, then open.",
  "roll_forward_start.title": "More log is needed before the database can be opened",
  "roll_forward_start.cause":
    "Rolling forward stands at LSN {lsn} and has to go past the point that the message names.",
  "roll_forward_start.check": "Compare that LSN with the FirstLSN of the next log backup.",
  "roll_forward_start.remedy": "Restore the next log backups in their order.",
  "other_database.title": "The file is a backup of another database",
  "other_database.cause":
    "The target {database} was restored from another database than this file was taken from: a name says nothing, its family GUID does.",
  "other_database.check": "Compare the family GUID in both files’ headers (RESTORE HEADERONLY).",
  "other_database.remedy":
    "Import the backup of the right database. Where this one is meant, begin anew with its full backup under another name.",
  "replace_needed.title": "The file would overwrite another database",
  "replace_needed.cause":
    "The backup is of {database}; a database under the target’s name exists and is another one.",
  "replace_needed.check": "Compare the database name in the file’s header with the target’s.",
  "replace_needed.remedy":
    "Choose another target name. On a server of your own, WITH REPLACE overwrites; RDS never does.",
  "already_recovered.title": "The database is open: nothing can be added any more",
  "already_recovered.cause":
    "The database was recovered, or never was in the state Restoring. Differentials and logs go in before that only.",
  "already_recovered.check": "Look at the database’s state: ONLINE means that the chain has ended.",
  "already_recovered.remedy":
    "Begin anew with the full backup, method Access Pending (Incremental Backup), and open the database last.",
  "full_needed_first.title": "The full backup has not been restored yet",
  "full_needed_first.cause":
    "{database} does not exist on the target; a differential or log cannot create it.",
  "full_needed_first.check": "Read the file’s header: its type is not full.",
  "full_needed_first.remedy": "Restore the full backup first.",
  "already_restored_beyond.title": "The target is past this file",
  "already_restored_beyond.cause": "Everything in this file has been restored already. It does no harm.",
  "already_restored_beyond.check": "Compare the file’s LastLSN with the LastLSN of the file restored last.",
  "already_restored_beyond.remedy": "Leave this file out and go on with the next one.",
  "stripe_missing.title": "A stripe of the backup is missing",
  "stripe_missing.cause":
    "The backup was written to {families} files at once, of which {given} are there. All belong together; RDS takes backups in one file only.",
  "stripe_missing.check":
    "Read the header: FamilyCount says how many, FamilySequenceNumber which one this is.",
  "stripe_missing.remedy": "Take the backup again into one file (one TO DISK).",
  "wrong_differential_base.title": "The differential has another base",
  "wrong_differential_base.cause":
    "This differential counts from another full backup than the one that was restored: somebody took a full backup in between, or the full is not the right one.",
  "wrong_differential_base.check":
    "Compare the differential’s DifferentialBaseGUID with the BackupSetGUID of the full backup, and look in msdb who took a full backup in between.",
  "wrong_differential_base.remedy":
    "Go on with log backups, which do not need that base. Or begin anew with the newer full backup.",
  "database_file_in_use.title": "A file of that name is on the instance already",
  "database_file_in_use.cause":
    "{file} belongs to another database, or was left behind by one that was detached, so it cannot be created.",
  "database_file_in_use.check":
    "Look whether the instance has a database of that name, or had one. sys.master_files lists the files in use.",
  "database_file_in_use.remedy":
    "Import under another name, or delete the other database. Unattached files on RDS are removed by Alibaba’s support.",
  "database_in_use.title": "The database is in use",
  "database_in_use.cause":
    "RESTORE, or the tail-log backup WITH NORECOVERY, needs the database for itself, and sessions are in it.",
  "database_in_use.check": "sys.dm_exec_sessions lists who is in the database.",
  "database_in_use.remedy":
    "End those sessions (SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE does), then try again.",
  "used_by_this_session.title": "This very session is in the database",
  "used_by_this_session.cause": "The statement needs {database} for itself, and was sent from inside it.",
  "used_by_this_session.check": "SELECT DB_NAME() says where the session is.",
  "used_by_this_session.remedy": "USE master, then try again.",
  "tail_not_backed_up.title": "The tail of the log has not been backed up",
  "tail_not_backed_up.cause":
    "RESTORE would overwrite {database}, whose log holds changes that are in no backup.",
  "tail_not_backed_up.check": "Look whether that database is still in use, and whether its data is needed.",
  "tail_not_backed_up.remedy":
    "Take the tail with BACKUP LOG … WITH NORECOVERY first. WITH REPLACE throws those changes away.",
  "newer_version.title": "The source’s SQL Server is newer than the target’s",
  "newer_version.cause":
    "The backup is of internal version {sourceVersion}; the target takes {targetVersion} at most. SQL Server never restores to an older version.",
  "newer_version.check": "Compare SoftwareVersionMajor in the header with the instance’s version.",
  "newer_version.remedy": "Choose an instance of the same or a newer version.",
  "newer_files.title": "The database’s files are of a newer SQL Server",
  "newer_files.cause":
    "{database} is of internal version {sourceVersion}; this server takes {targetVersion} at most. There is no way down.",
  "newer_files.check": "Compare the versions of both servers (SERVERPROPERTY(ProductVersion)).",
  "newer_files.remedy": "Choose a server of the same or a newer version.",
  "standby_needs_upgrade.title": "STANDBY is not possible across versions",
  "standby_needs_upgrade.cause": "The database must be upgraded when it is opened, which STANDBY cannot do.",
  "standby_needs_upgrade.check": "Compare SoftwareVersionMajor in the header with the target’s version.",
  "standby_needs_upgrade.remedy": "Restore WITH NORECOVERY instead.",
  "damaged_when_backed_up.title": "The database was damaged when the backup was taken",
  "damaged_when_backed_up.cause":
    "The backup was taken in spite of errors (CONTINUE_AFTER_ERROR), and says so.",
  "damaged_when_backed_up.check": "Read IsDamaged in the header, and run DBCC CHECKDB on the source.",
  "damaged_when_backed_up.remedy": "Repair the source and take a new full backup WITH CHECKSUM.",
  "damaged_page_in_backup.title": "A page in the backup is damaged",
  "damaged_page_in_backup.cause":
    "Page {file}:{page} of {database} was damaged on the source, or the file was damaged on its way.",
  "damaged_page_in_backup.check":
    "Run RESTORE VERIFYONLY … WITH CHECKSUM on the original file and DBCC CHECKDB on the source; compare CRC-64 of original and object.",
  "damaged_page_in_backup.remedy":
    "If the original is sound, upload it again. Otherwise repair the source and take a new backup WITH CHECKSUM.",
  "damaged_backup_set.title": "The backup set is damaged",
  "damaged_backup_set.cause": "The file changed after it was written, or was not written whole.",
  "damaged_backup_set.check":
    "Run RESTORE VERIFYONLY on the original file, and compare size and CRC-64 of original and object.",
  "damaged_backup_set.remedy": "If the original is sound, upload it again. Otherwise take a new backup.",
  "no_checksums_in_backup.title": "The backup holds no checksums",
  "no_checksums_in_backup.cause":
    "It was taken without CHECKSUM, so RESTORE … WITH CHECKSUM has nothing to verify.",
  "no_checksums_in_backup.check": "Read HasBackupChecksums in the header: it is 0.",
  "no_checksums_in_backup.remedy": "Verify without CHECKSUM, or take the backup again WITH CHECKSUM.",
  "media_family_malformed.title": "The file is no backup that this SQL Server can read",
  "media_family_malformed.cause":
    "{device} is cut off, was copied in text mode, is of a newer SQL Server, or is compressed in a way that this version does not know.",
  "media_family_malformed.check":
    "Compare size and CRC-64 with the original, and the versions of both sides. RESTORE HEADERONLY on the source tells whether the original is sound.",
  "media_family_malformed.remedy":
    "Copy it again in binary mode. If the source is newer, choose an instance of the same or a newer version.",
  "not_a_backup_file.title": "The file is not a backup of SQL Server",
  "not_a_backup_file.cause":
    "{device} does not begin as backups do: another file, an archive, or an encrypted one.",
  "not_a_backup_file.check":
    "Look at its first bytes: an uncompressed backup begins with TAPE, an archive with PK.",
  "not_a_backup_file.remedy": "Unpack it if it is an archive, or choose the right file.",
  "other_media_version.title": "The file is of another format version",
  "other_media_version.cause":
    "{device} was written in a version of the tape format that this SQL Server does not read.",
  "other_media_version.check": "Look which program wrote it: SQL Server itself writes one version only.",
  "other_media_version.remedy": "Take the backup with SQL Server itself (BACKUP … TO DISK).",
  "backup_incomplete.title": "The backup was ended before it was complete",
  "backup_incomplete.cause": "{device} holds a backup that was cancelled or ran out of space.",
  "backup_incomplete.check":
    "RESTORE HEADERONLY shows the set as incomplete; the source’s error log says why.",
  "backup_incomplete.remedy": "Take the backup again.",
  "disk_too_small_for_database.title": "Too little space to create the database",
  "disk_too_small_for_database.cause":
    "On volume {volume}, {leftBytes} are free; {neededBytes} more are needed. The files take their full size, however empty they are.",
  "disk_too_small_for_database.check": "RESTORE FILELISTONLY lists the size of each file.",
  "disk_too_small_for_database.remedy":
    "Enlarge the storage, or shrink the source’s files and take a new full backup.",
  "upgrade_of_read_only.title": "A read-only database cannot be upgraded",
  "upgrade_of_read_only.cause":
    "{database}, or a file of it, was read-only when it was backed up, and must be written to when a newer version opens it.",
  "upgrade_of_read_only.check": "Look at is_read_only in sys.databases and sys.master_files on the source.",
  "upgrade_of_read_only.remedy":
    "Set it READ_WRITE on the source and take the last log backup again; stop writes in another way.",
  "edition_partitioning.title": "Table partitioning is not in the target’s edition",
  "edition_partitioning.cause": "{database} uses a partition function, which this edition does not open.",
  "edition_partitioning.check": "sys.dm_db_persisted_sku_features on the source lists Partitioning.",
  "edition_partitioning.remedy":
    "Choose an instance of Enterprise Edition or a newer version, or remove partitioning on the source and begin with a new full backup.",
  "edition_compression.title": "Data compression is not in the target’s edition",
  "edition_compression.cause":
    "{database} holds a compressed object ({object}), which this edition does not open.",
  "edition_compression.check": "sys.dm_db_persisted_sku_features on the source lists Compression.",
  "edition_compression.remedy":
    "Choose an instance of Enterprise Edition or a newer version, or rebuild with DATA_COMPRESSION = NONE and begin with a new full backup.",
  "edition_memory_optimized.title": "Memory-optimized tables are not in the target’s edition",
  "edition_memory_optimized.cause":
    "The database has a filegroup for memory-optimized data, which this edition does not open.",
  "edition_memory_optimized.check": "sys.dm_db_persisted_sku_features on the source lists InMemoryOLTP.",
  "edition_memory_optimized.remedy":
    "Choose an instance of an edition that has it. Such a filegroup can only be removed with its database.",
  "certificate_missing.title": "The key that the backup is encrypted with is not on the target",
  "certificate_missing.cause":
    "The database uses TDE, or the backup was taken WITH ENCRYPTION. Thumbprint {thumbprint} belongs to a certificate or key of the source that RDS does not have.",
  "certificate_missing.check":
    "On the source, sys.dm_database_encryption_keys shows TDE; RESTORE HEADERONLY shows EncryptorThumbprint.",
  "certificate_missing.remedy":
    "Turn TDE off and wait until decryption is complete, or take the backup without ENCRYPTION; then begin anew with a full backup.",
  "restore_not_permitted.title": "The login may not restore",
  "restore_not_permitted.cause":
    "RESTORE of {database} needs dbcreator, sysadmin or the owner of the database; db_owner is not enough.",
  "restore_not_permitted.check": "SELECT IS_SRVROLEMEMBER(dbcreator) as that login.",
  "restore_not_permitted.remedy": "Add the login to dbcreator: ALTER SERVER ROLE dbcreator ADD MEMBER ….",
  "restore_not_planned.title": "RESTORE could not be planned",
  "restore_not_planned.cause": "The message before this one says why.",
  "restore_not_planned.check": "Read the messages above it.",
  "restore_not_planned.remedy": "Explain those messages.",
  "statement_terminated.title": "The statement was ended",
  "statement_terminated.cause":
    "This line only closes the output of a failed statement. The message before it says why.",
  "statement_terminated.check": "Read the messages above it, or SQL Server’s error log at that time.",
  "statement_terminated.remedy": "Explain the message before it.",
} as const satisfies MessageTexts<(typeof RESTORE_MESSAGES)[number]["key"]>;

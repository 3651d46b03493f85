import { describe, expect, test } from "vitest";
import { createTranslator } from "@/lib/i18n/translator";
import { explainMessage, explanationTextParams } from "./explain-message";
import { type MessageKey, messageTextKey } from "./message-table";
import { MESSAGE_PARTS } from "./messages/message";

/**
 * Messages as their makers document them, whole: `{name}` stands for a name or path, `{n}` for a number, `{lsn}` for an LSN,
 * `{os}` for an error of the operating system, with what it is known by.
 */
const DOCUMENTED: readonly (readonly [MessageKey, string])[] = [
  // Alibaba's pages on importing full and incremental backups.
  [
    "database_exists",
    "The database ({name}) is already exist on RDS, please backup and drop it, then try again.",
  ],
  [
    "differential_in_full_task",
    "Backup set ({name}) is a Database Differential backup, we only accept a FULL Backup.",
  ],
  ["log_in_full_task", "Backup set ({name}) is a Transaction Log backup, we only accept a FULL Backup."],
  ["file_corrupt_or_newer", "Failed to verify {name}, backup file was corrupted or newer edition than RDS."],
  ["checkdb_failed", "DBCC checkdb failed"],
  ["url_expired", "Failed to download backup file since OSS URL was expired."],
  ["download_failed", "Failed to download"],
  ["download_failed", "Failed to download backup file."],
  [
    "disk_too_small_for_restore",
    "Not Enough Disk Space for restoring, space left ({n} MB) < needed ({n} MB).",
  ],
  ["disk_too_small_for_file", "Not Enough Disk Space, space left {n} MB < bak file {n} MB."],
  [
    "no_init_account",
    "Your RDS doesn't have any init account yet, please create one and grant permissions on RDS console to this migrated database ({name}).",
  ],
  ["open_failed", "Failed to open database {name}."],
  [
    "log_too_recent",
    "The log in this backup set begins at LSN {lsn}, which is too recent to apply to the database.RESTORE LOG is terminating abnormally.",
  ],
  [
    "checkdb_failed_async",
    "asynchronously DBCC checkdb failed: CHECKDB found {n} allocation errors and {n} consistency errors in table '{name}' (object ID {n}).",
  ],
  ["checkdb_succeeded_async", "Success to DBCC checkdb asynchronously."],
  [
    "full_in_waiting_task",
    "Backup set ({name}) is a Database FULL backup, we only accept transaction log or differential backup.",
  ],
  ["database_count_limit", "The database ({name}) migration failed due to databases count limitation."],
  ["ok_button_dimmed", "Is the OK button dimmed when configuring the migration task?"],
  [
    "role_grant_no_permission",
    "Does the RAM user get a no permission error when granting the AliyunRDSImportRole permission?",
  ],
  ["rds_engine", "RDS engine doesn't support, this is only for RDS SQL Server engine."],
  ["rds_instance_not_found", "Couldn't find specify RDS [{name}]."],
  ["oss_endpoint_unreachable", "OSS status -2"],
  ["bucket_of_another_account", "The bucket you visit is not belong to you."],
  [
    "no_backup_in_folder",
    "There is no backup file on OSS Bucket [{name}] under [{name}] folder, check please.",
  ],
  ["not_a_backup_suffix", "Warning!!!!!, [{name}] is not backup file, filtered."],
  ["openapi_error", "OPENAPI Response Error !!!!! {name}"],
  ["script_type_unknown", "Backup type {name} is not supported!"],
  ["script_folder_empty", "backup_folder is not allow empty!"],
  ["script_is_run_wrong", "is_run parameter should be 0 or 1 !"],
  // SQL Server's, by number.
  ["snapshot_not_allowed", "Cannot BACKUP or RESTORE a database snapshot."],
  ["statement_terminated", "RESTORE LOG is terminating abnormally."],
  ["backup_succeeded", "BACKUP DATABASE successfully processed {n} pages in {n} seconds ({n} MB/sec)."],
  ["inside_transaction", "Cannot perform a backup or restore operation within a transaction."],
  [
    "backup_must_be_serialized",
    "Backup, file manipulation operations (such as ALTER DATABASE ADD FILE) and encryption changes on a database must be serialized. Reissue the statement after the current backup or file manipulation operation is completed.",
  ],
  [
    "differential_needs_full",
    'Cannot perform a differential backup for database "{name}", because a current database backup does not exist. Perform a full database backup by reissuing BACKUP DATABASE, omitting the WITH DIFFERENTIAL option.',
  ],
  [
    "warm_standby",
    'The database "{name}" is in warm-standby state (set by executing RESTORE WITH STANDBY) and cannot be backed up until the entire restore sequence is completed.',
  ],
  [
    "backup_failed_see_log",
    "BACKUP failed to complete the command BACKUP LOG {name}. Check the backup application log for detailed messages.",
  ],
  ["damaged_page_on_source", "BACKUP '{name}' detected an error on page ({n}:{n}) in file '{name}'."],
  [
    "backup_on_secondary",
    "This BACKUP or RESTORE command is not supported on a database mirror or secondary replica.",
  ],
  [
    "backup_on_secondary",
    "Cannot backup from a HADRON secondary because it is not in Synchronizing or Synchronized state.",
  ],
  ["database_in_use", "Exclusive access could not be obtained because the database is in use."],
  [
    "used_by_this_session",
    "RESTORE cannot process database '{name}' because it is in use by this session. It is recommended that the master database be used when performing this operation.",
  ],
  ["restore_not_permitted", "User does not have permission to RESTORE database '{name}'."],
  [
    "already_recovered",
    "The log or differential backup cannot be restored because no files are ready to rollforward.",
  ],
  [
    "full_needed_first",
    'The database "{name}" does not exist. RESTORE can only create a database when restoring either a full backup or a file backup of the primary file.',
  ],
  [
    "already_restored_beyond",
    "This backup set will not be restored because all data has already been restored to a point beyond the time covered by this backup set.",
  ],
  [
    "stripe_missing",
    "The media set has {n} media families but only {n} are provided. All members must be provided.",
  ],
  [
    "wrong_differential_base",
    "This differential backup cannot be restored because the database has not been restored to the correct earlier state.",
  ],
  [
    "replace_needed",
    "The database to be restored was named '{name}'. Reissue the statement using the WITH REPLACE option to overwrite the '{name}' database.",
  ],
  [
    "other_database",
    "The backup set holds a backup of a database other than the existing '{name}' database.",
  ],
  [
    "database_file_in_use",
    "File '{name}' cannot be restored to '{name}'. Use WITH MOVE to identify a valid location for the file.",
  ],
  [
    "tail_not_backed_up",
    'The tail of the log for the database "{name}" has not been backed up. Use BACKUP LOG WITH NORECOVERY to backup the log if it contains work you do not want to lose. Use the WITH REPLACE or WITH STOPAT clause of the RESTORE statement to just overwrite the contents of the log.',
  ],
  [
    "newer_version",
    "The database was backed up on a server running database version {n}. That version is incompatible with this server, which supports version {n}. Either restore the database on a server that supports the backup, or use a backup that is compatible with this server.",
  ],
  [
    "standby_needs_upgrade",
    "This backup cannot be restored using WITH STANDBY because a database upgrade is needed. Reissue the RESTORE without WITH STANDBY.",
  ],
  [
    "damaged_when_backed_up",
    "The backup set cannot be restored because the database was damaged when the backup occurred.",
  ],
  [
    "damaged_page_in_backup",
    'RESTORE detected an error on page ({n}:{n}) in database "{name}" as read from the backup set.',
  ],
  ["damaged_backup_set", "Damage to the backup set was detected."],
  [
    "no_checksums_in_backup",
    "RESTORE WITH CHECKSUM cannot be specified because the backup set does not contain checksum information.",
  ],
  ["device_not_openable", "Cannot open backup device '{name}'. Operating system error {os}."],
  ["device_write_failed", 'Write on "{name}" failed: {os}'],
  ["device_read_failed", 'Read on "{name}" failed: {os}'],
  ["percent_processed", "{n} percent processed."],
  [
    "media_family_malformed",
    "The media family on device '{name}' is incorrectly formed. SQL Server cannot process this media family.",
  ],
  ["not_a_backup_file", "The file on device '{name}' is not a valid Microsoft Tape Format backup set."],
  [
    "other_media_version",
    "The media family on device '{name}' was created using Microsoft Tape Format version 1.0. SQL Server supports version 1.0.",
  ],
  [
    "backup_incomplete",
    "The backup set on device '{name}' was terminated while it was being created and is incomplete. RESTORE sequence is terminated abnormally.",
  ],
  [
    "disk_too_small_for_database",
    "There is insufficient free space on disk volume '{name}' to create the database. The database requires {n} additional free bytes, while only {n} bytes are available.",
  ],
  ["device_io_error", 'A nonrecoverable I/O error occurred on file "{name}:" {os}.'],
  [
    "upgrade_of_read_only",
    "Database '{name}' cannot be upgraded because it is read-only, has read-only files or the user does not have permissions to modify some of the files. Make the database or files writeable, and rerun recovery.",
  ],
  ["pages_processed", "Processed {n} pages for database '{name}', file '{name}' on file {n}."],
  [
    "simple_recovery_model",
    "The statement BACKUP LOG is not allowed while the recovery model is SIMPLE. Use BACKUP DATABASE or change the recovery model using ALTER DATABASE.",
  ],
  ["log_needs_full", "BACKUP LOG cannot be performed because there is no current database backup."],
  [
    "log_pending_replication",
    "The log was not truncated because records at the beginning of the log are pending replication or Change Data Capture. Ensure the Log Reader Agent or capture job is running or use sp_repldone to mark transactions as distributed or captured.",
  ],
  [
    "log_of_read_only",
    "BACKUP LOG cannot modify the database because the database is read-only. The backup will continue, although subsequent backups will duplicate the work of this backup.",
  ],
  [
    "log_chain_broken",
    "The log backup chain is broken. You must perform a full database backup before you can perform a log backup.",
  ],
  ["roll_forward_start", "The roll forward start point is now at log sequence number (LSN) {lsn}."],
  [
    "log_ends_too_early",
    "File '{name}' has been rolled forward to LSN {lsn}. This log terminates at LSN {lsn}, which is too early to apply the WITH RECOVERY option. Reissue the RESTORE LOG statement WITH NORECOVERY.",
  ],
  [
    "log_too_recent",
    "The log in this backup set begins at LSN {lsn}, which is too recent to apply to the database. An earlier log backup that includes LSN {lsn} can be restored.",
  ],
  [
    "log_gap",
    "This log cannot be restored because a gap in the log chain was created. Use more recent data backups to bridge the gap.",
  ],
  [
    "log_too_early",
    "The log in this backup set terminates at LSN {lsn}, which is too early to apply to the database. A more recent log backup that includes LSN {lsn} can be restored.",
  ],
  [
    "other_recovery_fork",
    "This backup set cannot be applied because it is on a recovery path that is inconsistent with the database.",
  ],
  [
    "edition_partitioning",
    "Database '{name}' cannot be started in this edition of SQL Server because it contains a partition function '{name}'. Only Enterprise edition of SQL Server supports partitioning.",
  ],
  [
    "edition_compression",
    "Database '{name}' cannot be started in this edition of SQL Server because part or all of object '{name}' is enabled with data compression or vardecimal storage format. Data compression and vardecimal storage format are only supported on SQL Server Enterprise Edition.",
  ],
  [
    "edition_memory_optimized",
    "The database cannot be started in this edition of SQL Server because it contains a MEMORY_OPTIMIZED_DATA filegroup.",
  ],
  [
    "newer_files",
    "The database '{name}' cannot be opened because it is version {n}. This server supports version {n} and earlier. A downgrade path is not supported.",
  ],
  ["certificate_missing", "Cannot find server certificate with thumbprint '{name}'."],
  [
    "filegroup_full",
    "Could not allocate space for object '{name}'.'{name}' in database '{name}' because the '{name}' filegroup is full. Create disk space by deleting unneeded files, dropping objects in the filegroup, adding additional files to the filegroup, or setting autogrowth on for existing files in the filegroup.",
  ],
  [
    "log_full",
    "The transaction log for database '{name}' is full due to 'LOG_BACKUP' and the holdup lsn is {lsn}.",
  ],
  ["log_full", "The transaction log for database '{name}' is full due to 'LOG_BACKUP'."],
  [
    "data_file_not_openable",
    'Unable to open the physical file "{name}". Operating system error {n}: "{os}".',
  ],
  [
    "data_file_not_creatable",
    "CREATE FILE encountered operating system error {os} while attempting to open or create the physical file '{name}'.",
  ],
  [
    "lock_on_database",
    "ALTER DATABASE failed because a lock could not be placed on database '{name}'. Try again later.",
  ],
  ["alter_database_failed", "ALTER DATABASE statement failed."],
  [
    "others_use_database",
    "Database state cannot be changed while other users are using the database '{name}'",
  ],
  [
    "single_user_seat_taken",
    "Changes to the state or options of database '{name}' cannot be made at this time. The database is in single-user mode, and a user is currently connected to it.",
  ],
  ["not_in_this_edition", "BACKUP DATABASE WITH COMPRESSION is not supported on Express Edition (64-bit)."],
  ["login_failed", "Login failed for user '{name}'."],
  ["login_cannot_open_database", 'Cannot open database "{name}" requested by the login. The login failed.'],
];

interface Values {
  name: string;
  n: string;
  lsn: string;
  os: string;
}

/** What stands for the variable parts, in all the ways in which people and programs print it. */
const VALUES: Readonly<Record<string, Values>> = {
  "plain values": { name: "testdb", n: "1204", lsn: "37000000082400001", os: "1117(I/O device error.)" },
  "separators of thousands": {
    name: "testdb",
    n: "1,048,576",
    lsn: "37,000,000,082,400,001",
    os: "1117 (I/O device error.)",
  },
  "names with spaces": { name: "Sales 2026 (new)", n: "0", lsn: "37:824:1", os: "1117(I/O device error.)" },
  "Chinese names": { name: "库存 二〇二六", n: "7", lsn: "(37:824:1)", os: "1117(设备错误。)" },
  "a path": { name: "D:\\备份\\Sales 2026.bak", n: "12", lsn: "0x25:338:1", os: "1117" },
  "what pages print for a value": { name: "xxx", n: "xxx", lsn: "XXX", os: "xxx" },
  "what sys.messages prints for a value": { name: "%.*ls", n: "%d", lsn: "%.*ls", os: "%ls" },
  "no digits": { name: "xxx", n: "", lsn: "", os: "" },
};

/** How the whole is written. */
const WRITINGS: Readonly<Record<string, (text: string) => string>> = {
  "as documented": (text) => text,
  "curly quotes": (text) =>
    text
      .replaceAll(/"([^"]*)"/g, "“$1”")
      .replaceAll(/'([^' ]*)'/g, "‘$1’")
      .replaceAll("'", "’"),
  "Chinese quotes": (text) => text.replaceAll(/"([^"]*)"/g, "「$1」").replaceAll("'", "＇"),
  "full-width punctuation": (text) => text.replaceAll("(", "（").replaceAll(")", "）").replaceAll(",", "，"),
  "in the words of a task": (text) => `task 106121 failed: ${text} request id: 5C3D-11EF`,
};

const cases = DOCUMENTED.flatMap(([key, template]) =>
  Object.entries(VALUES).flatMap(([values, value]) => {
    if (values !== "plain values" && !/\{(?:name|n|lsn|os)\}/.test(template)) return [];
    const text = template.replaceAll(/\{(name|n|lsn|os)\}/g, (_, part: keyof Values) => value[part]);
    return Object.entries(WRITINGS).map(([writing, write]) => ({ key, values, writing, text: write(text) }));
  }),
);

const KINDS = Object.keys(VALUES).flatMap((values) =>
  Object.keys(WRITINGS).map((writing) => ({ values, writing })),
);
const casesOf = (kind: { values: string; writing: string }) => {
  const found = cases.filter(({ values, writing }) => values === kind.values && writing === kind.writing);
  expect(found.length).toBeGreaterThan(20);
  return found;
};

test.each(KINDS)("every message is recognised: $values, $writing", (kind) => {
  const taken = casesOf(kind).map(({ key, text }) => ({ text, key, taken: explainMessage(text)?.key }));
  expect(taken.filter(({ key, taken: as }) => key !== as)).toEqual([]);
});

describe.each(["en", "zh-CN"] as const)("in %s", (locale) => {
  const { tx } = createTranslator(locale);
  test.each(KINDS)("every message is told whole: $values, $writing", (kind) => {
    for (const { text } of casesOf(kind)) {
      const explanation = explainMessage(text);
      if (!explanation) expect.unreachable(text);
      const values = explanationTextParams(explanation);
      const told = MESSAGE_PARTS.map((part) => tx(messageTextKey(explanation.key, part), values, ""));
      expect(
        told.filter((words) => words === "" || /[{}]|undefined|NaN/.test(words)),
        text,
      ).toEqual([]);
    }
  });
});

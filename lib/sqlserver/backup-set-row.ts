import type { BackupType } from "@/lib/backup/backup-kind";
import type { BackupSet, BackupSetFile, RecoveryModel } from "@/lib/backup/header";
import { type Lsn, parseLsn } from "@/lib/backup/lsn";
import { flagField, numberField, textField } from "./row-fields";
import type { Row } from "./run-statement";

/** BackupType of RESTORE HEADERONLY, and `type` of msdb.dbo.backupset. */
const TYPE_BY_NUMBER: Readonly<Record<number, BackupType>> = {
  1: "full",
  2: "log",
  4: "file",
  5: "differential",
  6: "file_differential",
  7: "partial",
  8: "partial_differential",
};
const TYPE_BY_LETTER: Readonly<Record<string, BackupType>> = {
  D: "full",
  L: "log",
  F: "file",
  I: "differential",
  G: "file_differential",
  P: "partial",
  Q: "partial_differential",
};
const MODELS: readonly RecoveryModel[] = ["full", "bulk_logged", "simple"];
/** msdb writes so where it does not know the offset. */
const ZONE_UNKNOWN = 127;

/**
 * A row of read-headers.sql or find-recorded-sets.sql as the set whose header it repeats; null for a type that SQL Server
 * did not have in 2025. What the row does not say is null.
 */
export function toBackupSet(row: Row, files: readonly BackupSetFile[] = []): BackupSet | null {
  const text = (name: string): string | null => textField(row, name);
  const number = (name: string): number | null => numberField(row, name);
  const flag = (name: string): boolean | null => (text(name) === null ? null : flagField(row, name));
  const type =
    TYPE_BY_NUMBER[number("type_number") ?? 0] ?? TYPE_BY_LETTER[text("type_letter")?.trim() ?? ""] ?? null;
  if (type === null) return null;
  const zone = number("time_zone");
  return {
    type,
    position: number("position") ?? 1,
    backupName: text("set_name"),
    backupDescription: text("set_description"),
    userName: text("user_name"),
    databaseName: text("database_name"),
    serverName: text("server_name"),
    machineName: text("machine_name"),
    softwareVersion: versionOf(row),
    databaseVersion: number("database_version"),
    compatibilityLevel: number("compatibility_level"),
    databaseId: null,
    softwareVendorId: null,
    flags: number("flags"),
    compressed: flag("is_compressed") ?? false,
    encrypted: false,
    copyOnly: flag("is_copy_only"),
    hasChecksums: flag("has_checksums"),
    damaged: flag("is_damaged"),
    tail: flag("is_tail"),
    bulkLogged: flag("has_bulk_logged"),
    snapshot: flag("is_snapshot"),
    readOnly: flag("is_readonly"),
    singleUser: flag("is_single_user"),
    incompleteMetadata: flag("is_incomplete_metadata"),
    beginsLogChain: flag("begins_log_chain"),
    recoveryModel: modelOf(text("recovery_model")),
    databaseCreatedAt: secondsOf(text("created_local")),
    startedAt: secondsOf(text("started_local")),
    finishedAt: secondsOf(text("finished_local")),
    expiresAt: null,
    timeZoneQuarterHours: zone === ZONE_UNKNOWN ? null : zone,
    firstLsn: lsnOf(text("first_lsn")),
    lastLsn: lsnOf(text("last_lsn")),
    checkpointLsn: lsnOf(text("checkpoint_lsn")),
    databaseBackupLsn: lsnOf(text("database_backup_lsn")),
    differentialBaseLsn: lsnOf(text("differential_base_lsn")),
    differentialBaseGuid: guidOf(text("differential_base_guid")),
    baseBackupSetGuid: null,
    backupSetGuid: guidOf(text("backup_set_guid")),
    familyGuid: guidOf(text("family_guid")),
    bindingId: guidOf(text("binding_id")),
    firstRecoveryForkGuid: guidOf(text("first_fork_guid")),
    lastRecoveryForkGuid: guidOf(text("last_fork_guid")),
    forkPointLsn: lsnOf(text("fork_point_lsn")),
    mediaSetGuid: null,
    mediaName: null,
    mediaDescription: null,
    mediaFamilyId: null,
    mirrorCount: null,
    blockBytes: null,
    sortOrder: null,
    unicodeLocaleId: null,
    unicodeComparisonStyle: null,
    collation: text("collation"),
    family: { sequence: number("family_sequence") ?? 1, count: number("family_count") ?? 1 },
    backupSizeBytes: number("backup_size"),
    compressedSizeBytes: number("compressed_size"),
    files: [...files],
  };
}

/** A row of read-file-list.sql, whose columns are RESTORE FILELISTONLY's own. */
export function toBackupSetFile(row: Row): BackupSetFile {
  const letter = textField(row, "Type")?.trim();
  return {
    logicalName: textField(row, "LogicalName") ?? "",
    physicalName: textField(row, "PhysicalName"),
    type: letter === "D" ? "data" : letter === "L" ? "log" : "other",
    fileId: numberField(row, "FileId") ?? 0,
    sizeBytes: numberField(row, "Size") ?? 0,
    filegroupId: numberField(row, "FileGroupId"),
    filegroupName: textField(row, "FileGroupName"),
    maxSizeBytes: numberField(row, "MaxSize"),
    backupBytes: numberField(row, "BackupSizeInBytes"),
    sourceBlockBytes: numberField(row, "SourceBlockSize"),
    differentialBaseLsn: null,
    differentialBaseGuid: guidOf(textField(row, "DifferentialBaseGUID")),
  };
}

/** A pattern of LIKE for the paths of files with this name, on Windows or Linux. */
export function pathsEndingIn(fileName: string): string {
  return `%[\\/]${fileName.replaceAll(/[[%_]/g, "[$&]")}`;
}

/**
 * The sets of the file that was written last, in their order: rows of find-recorded-sets.sql, whose first one is of the
 * newest media set. Empty: msdb does not remember any.
 */
export function toRecordedSets(rows: readonly Row[]): BackupSet[] {
  const newest = rows[0] ? textField(rows[0], "media_set_id") : null;
  return rows
    .filter((row) => textField(row, "media_set_id") === newest)
    .flatMap((row) => toBackupSet(row) ?? []);
}

function versionOf(row: Row): string | null {
  const major = numberField(row, "major_version");
  if (major === null) return null;
  return [major, numberField(row, "minor_version") ?? 0, numberField(row, "build_version") ?? 0].join(".");
}

function modelOf(text: string | null): RecoveryModel | null {
  const word = text?.toLowerCase().replace("-", "_");
  return MODELS.find((known) => known === word) ?? null;
}

function lsnOf(text: string | null): Lsn | null {
  return text === null || text === "" ? null : parseLsn(text);
}

/** `00000000-…` is how msdb says that there is none. */
function guidOf(text: string | null): string | null {
  const guid = text?.toUpperCase() ?? null;
  return guid === null || /^[0-]*$/.test(guid) ? null : guid;
}

/** Headers tell whole seconds. */
function secondsOf(text: string | null): string | null {
  return text === null ? null : text.slice(0, 19);
}

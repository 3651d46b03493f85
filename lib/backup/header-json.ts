import { BACKUP_TYPES } from "./backup-kind";
import type { BackupSet, BackupSetFile, RecoveryModel } from "./header";
import { lineageDigits, lsnDigits } from "./lineage-digits";
import { type Lsn, parseLsn } from "./lsn";
import { parseWallClock } from "./wall-clock";

/**
 * One backup set as `chainferry header --json` prints it: first the documented, stable fields, then the other columns of
 * `RESTORE HEADERONLY` and `FILELISTONLY`. LSNs are digits; what the file does not say is null.
 */
type HeaderJson = ReturnType<typeof toHeaderJson>;

export function toHeaderJson(set: BackupSet) {
  return {
    type: set.type,
    position: set.position,
    databaseName: set.databaseName,
    serverName: set.serverName,
    machineName: set.machineName,
    softwareVersion: set.softwareVersion,
    databaseVersion: set.databaseVersion,
    compressed: set.compressed,
    encrypted: set.encrypted,
    copyOnly: set.copyOnly,
    recoveryModel: set.recoveryModel === null ? null : MODEL_WORDS[set.recoveryModel],
    startedAt: set.startedAt,
    finishedAt: set.finishedAt,
    ...lineageDigits(set),
    forkPointLsn: lsnDigits(set.forkPointLsn),
    family: { sequence: set.family.sequence, count: set.family.count },
    files: set.files.map(({ logicalName, type, sizeBytes }) => ({
      logicalName,
      type: FILE_LETTERS[type],
      sizeBytes,
    })),
    backupName: set.backupName,
    backupDescription: set.backupDescription,
    userName: set.userName,
    expiresAt: set.expiresAt,
    databaseCreatedAt: set.databaseCreatedAt,
    databaseId: set.databaseId,
    compatibilityLevel: set.compatibilityLevel,
    utcOffsetMinutes: set.timeZoneQuarterHours === null ? null : set.timeZoneQuarterHours * 15,
    timeZoneQuarterHours: set.timeZoneQuarterHours,
    flags: set.flags,
    hasBulkLoggedData: set.bulkLogged,
    isSnapshot: set.snapshot,
    isReadOnly: set.readOnly,
    isSingleUser: set.singleUser,
    hasBackupChecksums: set.hasChecksums,
    isDamaged: set.damaged,
    beginsLogChain: set.beginsLogChain,
    hasIncompleteMetaData: set.incompleteMetadata,
    isForceOffline: set.tail,
    backupSizeBytes: set.backupSizeBytes,
    compressedSizeBytes: set.compressedSizeBytes,
    bindingId: set.bindingId,
    collation: set.collation,
    sortOrder: set.sortOrder,
    unicodeLocaleId: set.unicodeLocaleId,
    unicodeComparisonStyle: set.unicodeComparisonStyle,
    softwareVendorId: set.softwareVendorId,
    mediaSetGuid: set.mediaSetGuid,
    mediaFamilyId: set.mediaFamilyId,
    mediaName: set.mediaName,
    mediaDescription: set.mediaDescription,
    mirrorCount: set.mirrorCount,
    blockBytes: set.blockBytes,
    ...UNTOLD,
    fileList: set.files.map((file) => ({
      ...file,
      differentialBaseLsn: lsnDigits(file.differentialBaseLsn),
    })),
  };
}

/** Columns of `RESTORE HEADERONLY` that SQL Server knows and the readable part of the file does not tell. */
const UNTOLD = {
  deviceType: null,
  codePage: null,
  containment: null,
  keyAlgorithm: null,
  encryptorThumbprint: null,
  encryptorType: null,
} as const;

/** What is known of a set whose blocks are encrypted: that it is there. The same fields, all others null. */
export function toSealedJson(position: number, compressed: boolean): Record<keyof HeaderJson, unknown> {
  const blank = toHeaderJson(fromHeaderJson({ type: "full" }));
  const fields = Object.keys(blank).map((key) => [key, null]);
  return {
    ...blank,
    ...Object.fromEntries(fields),
    position,
    compressed,
    encrypted: true,
    files: [],
    fileList: [],
  };
}

/**
 * Reads a set back from JSON, from `toHeaderJson` or written by others: what is missing or of another kind becomes
 * null. Accepts every field of `BackupSet`, LSNs as digits, GUIDs in any letter case and in braces, times as
 * `parseWallClock` takes them. Throws RangeError when there is no backup type to go by.
 */
export function fromHeaderJson(json: unknown): BackupSet {
  const field = new Map<string, unknown>(
    typeof json === "object" && json !== null ? Object.entries(json) : [],
  );
  const word = asText(field.get("type"))?.toLowerCase();
  const type = BACKUP_TYPES.find((known) => known === word);
  if (type === undefined) throw new RangeError(`Not a backup type: ${JSON.stringify(field.get("type"))}`);
  const text = (key: string): string | null => asText(field.get(key));
  const guid = (key: string): string | null => asGuid(field.get(key));
  const number = (key: string): number | null => asNumber(field.get(key));
  const flag = (key: string): boolean | null => asFlag(field.get(key));
  const lsn = (key: string): Lsn | null => asLsn(field.get(key));
  const files = field.get("fileList") ?? field.get("files");
  const started = parseWallClock(text("startedAt"));
  const finished = parseWallClock(text("finishedAt"));
  const offsetMinutes = number("utcOffsetMinutes");
  return {
    type,
    position: number("position") ?? 1,
    backupName: text("backupName"),
    backupDescription: text("backupDescription"),
    userName: text("userName"),
    databaseName: text("databaseName"),
    serverName: text("serverName"),
    machineName: text("machineName"),
    softwareVersion: text("softwareVersion"),
    databaseVersion: number("databaseVersion"),
    compatibilityLevel: number("compatibilityLevel"),
    databaseId: number("databaseId"),
    softwareVendorId: number("softwareVendorId"),
    flags: number("flags"),
    compressed: flag("compressed") ?? false,
    encrypted: flag("encrypted") ?? false,
    copyOnly: flag("copyOnly"),
    hasChecksums: flag("hasChecksums") ?? flag("hasBackupChecksums"),
    damaged: flag("damaged") ?? flag("isDamaged"),
    tail: flag("tail") ?? flag("isForceOffline"),
    bulkLogged: flag("bulkLogged") ?? flag("hasBulkLoggedData"),
    snapshot: flag("snapshot") ?? flag("isSnapshot"),
    readOnly: flag("readOnly") ?? flag("isReadOnly"),
    singleUser: flag("singleUser") ?? flag("isSingleUser"),
    incompleteMetadata: flag("incompleteMetadata") ?? flag("hasIncompleteMetaData"),
    beginsLogChain: flag("beginsLogChain"),
    recoveryModel: asRecoveryModel(field.get("recoveryModel")),
    databaseCreatedAt: text("databaseCreatedAt"),
    startedAt: started.local,
    finishedAt: finished.local,
    expiresAt: text("expiresAt"),
    timeZoneQuarterHours:
      number("timeZoneQuarterHours") ??
      (offsetMinutes === null ? null : offsetMinutes / 15) ??
      finished.quarterHours ??
      started.quarterHours,
    firstLsn: lsn("firstLsn"),
    lastLsn: lsn("lastLsn"),
    checkpointLsn: lsn("checkpointLsn"),
    databaseBackupLsn: lsn("databaseBackupLsn"),
    differentialBaseLsn: lsn("differentialBaseLsn"),
    differentialBaseGuid: guid("differentialBaseGuid"),
    baseBackupSetGuid: guid("baseBackupSetGuid"),
    backupSetGuid: guid("backupSetGuid"),
    familyGuid: guid("familyGuid"),
    bindingId: guid("bindingId"),
    firstRecoveryForkGuid: guid("firstRecoveryForkGuid"),
    lastRecoveryForkGuid: guid("lastRecoveryForkGuid"),
    forkPointLsn: lsn("forkPointLsn"),
    mediaSetGuid: guid("mediaSetGuid"),
    mediaName: text("mediaName"),
    mediaDescription: text("mediaDescription"),
    mediaFamilyId: number("mediaFamilyId"),
    mirrorCount: number("mirrorCount"),
    blockBytes: number("blockBytes"),
    sortOrder: number("sortOrder"),
    unicodeLocaleId: number("unicodeLocaleId"),
    unicodeComparisonStyle: number("unicodeComparisonStyle"),
    collation: text("collation"),
    family: asFamily(field.get("family")),
    backupSizeBytes: number("backupSizeBytes"),
    compressedSizeBytes: number("compressedSizeBytes"),
    files: asFiles(files),
  };
}

/** As `RESTORE HEADERONLY` and `FILELISTONLY` write them. */
const MODEL_WORDS = { full: "FULL", bulk_logged: "BULK-LOGGED", simple: "SIMPLE" } as const;
const FILE_LETTERS = { data: "D", log: "L", other: "other" } as const;
const RECOVERY_MODELS: readonly RecoveryModel[] = ["full", "bulk_logged", "simple"];
const FILE_TYPES: readonly BackupSetFile["type"][] = ["data", "log", "other"];

function asRecoveryModel(value: unknown): RecoveryModel | null {
  const word = typeof value === "string" ? value.toLowerCase().replace("-", "_") : null;
  return RECOVERY_MODELS.find((known) => known === word) ?? null;
}

/** An LSN in JSON: digits, or a number where it is still exact. Anything else is null. */
export function asLsn(value: unknown): Lsn | null {
  if (typeof value === "string" && /^\d{1,25}$/.test(value)) return parseLsn(value);
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? BigInt(value) : null;
}

function asText(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function asGuid(value: unknown): string | null {
  return (
    asText(value)
      ?.replace(/^\{(.*)\}$/, "$1")
      .toUpperCase() ?? null
  );
}

function asNumber(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

function asFlag(value: unknown): boolean | null {
  return typeof value === "boolean" ? value : null;
}

function asFamily(value: unknown): BackupSet["family"] {
  if (typeof value !== "object" || value === null) return { sequence: 1, count: 1 };
  const field = new Map<string, unknown>(Object.entries(value));
  return { sequence: asNumber(field.get("sequence")) ?? 1, count: asNumber(field.get("count")) ?? 1 };
}

function asFiles(value: unknown): BackupSetFile[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown, index) => {
    if (typeof entry !== "object" || entry === null) return [];
    const field = new Map<string, unknown>(Object.entries(entry));
    const logicalName = asText(field.get("logicalName"));
    if (logicalName === null) return [];
    const file: BackupSetFile = {
      logicalName,
      physicalName: asText(field.get("physicalName")),
      type:
        FILE_TYPES.find((known) => [known, FILE_LETTERS[known]].some((word) => word === field.get("type"))) ??
        "other",
      fileId: asNumber(field.get("fileId")) ?? index + 1,
      sizeBytes: asNumber(field.get("sizeBytes")) ?? 0,
      filegroupId: asNumber(field.get("filegroupId")),
      filegroupName: asText(field.get("filegroupName")),
      maxSizeBytes: asNumber(field.get("maxSizeBytes")),
      backupBytes: asNumber(field.get("backupBytes")),
      sourceBlockBytes: asNumber(field.get("sourceBlockBytes")),
      differentialBaseLsn: asLsn(field.get("differentialBaseLsn")),
      differentialBaseGuid: asGuid(field.get("differentialBaseGuid")),
    };
    return [file];
  });
}

import type { BackupSet, BackupSetFile, BackupType, RecoveryModel } from "./header";
import { formatLsn, type Lsn, parseLsn } from "./lsn";

/** One backup set on the wire and in the store: LSNs as digits, what is not known as null. */
export interface HeaderJson {
  type: BackupType;
  position: number;
  databaseName: string | null;
  serverName: string | null;
  machineName: string | null;
  softwareVersion: string | null;
  databaseVersion: number | null;
  compressed: boolean;
  encrypted: boolean;
  copyOnly: boolean | null;
  recoveryModel: RecoveryModel | null;
  startedAt: string | null;
  finishedAt: string | null;
  firstLsn: string | null;
  lastLsn: string | null;
  checkpointLsn: string | null;
  databaseBackupLsn: string | null;
  differentialBaseLsn: string | null;
  differentialBaseGuid: string | null;
  baseBackupSetGuid: string | null;
  backupSetGuid: string | null;
  familyGuid: string | null;
  firstRecoveryForkGuid: string | null;
  lastRecoveryForkGuid: string | null;
  forkPointLsn: string | null;
  family: { sequence: number; count: number };
  files: { logicalName: string; type: BackupSetFile["type"]; sizeBytes: number }[];
}

/** The stable, documented subset of a backup set that `chainferry header --json` prints. */
export function toHeaderJson(set: BackupSet): HeaderJson {
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
    recoveryModel: set.recoveryModel,
    startedAt: set.startedAt,
    finishedAt: set.finishedAt,
    firstLsn: lsnText(set.firstLsn),
    lastLsn: lsnText(set.lastLsn),
    checkpointLsn: lsnText(set.checkpointLsn),
    databaseBackupLsn: lsnText(set.databaseBackupLsn),
    differentialBaseLsn: lsnText(set.differentialBaseLsn),
    differentialBaseGuid: set.differentialBaseGuid,
    baseBackupSetGuid: set.baseBackupSetGuid,
    backupSetGuid: set.backupSetGuid,
    familyGuid: set.familyGuid,
    firstRecoveryForkGuid: set.firstRecoveryForkGuid,
    lastRecoveryForkGuid: set.lastRecoveryForkGuid,
    forkPointLsn: lsnText(set.forkPointLsn),
    family: { sequence: set.family.sequence, count: set.family.count },
    files: set.files.map(({ logicalName, type, sizeBytes }) => ({ logicalName, type, sizeBytes })),
  };
}

/**
 * Reads a set back from JSON, from `toHeaderJson` or written by others: what is missing or of another kind becomes
 * null. Accepts every field of `BackupSet`, LSNs as digits. Throws RangeError when there is no backup type to go by.
 */
export function fromHeaderJson(json: unknown): BackupSet {
  const field = new Map<string, unknown>(
    typeof json === "object" && json !== null ? Object.entries(json) : [],
  );
  const type = BACKUP_TYPES.find((known) => known === field.get("type"));
  if (type === undefined) throw new RangeError(`Not a backup type: ${JSON.stringify(field.get("type"))}`);
  const text = (key: string): string | null => asText(field.get(key));
  const guid = (key: string): string | null => asText(field.get(key))?.toUpperCase() ?? null;
  const number = (key: string): number | null => asNumber(field.get(key));
  const flag = (key: string): boolean | null => asFlag(field.get(key));
  const lsn = (key: string): Lsn | null => asLsn(field.get(key));
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
    compressed: flag("compressed") ?? false,
    encrypted: flag("encrypted") ?? false,
    copyOnly: flag("copyOnly"),
    hasChecksums: flag("hasChecksums"),
    damaged: flag("damaged"),
    tail: flag("tail"),
    bulkLogged: flag("bulkLogged"),
    recoveryModel: RECOVERY_MODELS.find((known) => known === field.get("recoveryModel")) ?? null,
    databaseCreatedAt: text("databaseCreatedAt"),
    startedAt: text("startedAt"),
    finishedAt: text("finishedAt"),
    timeZoneQuarterHours: number("timeZoneQuarterHours"),
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
    family: asFamily(field.get("family")),
    backupSizeBytes: number("backupSizeBytes"),
    compressedSizeBytes: number("compressedSizeBytes"),
    files: asFiles(field.get("files")),
  };
}

const BACKUP_TYPES: readonly BackupType[] = [
  "full",
  "differential",
  "log",
  "file",
  "file_differential",
  "partial",
  "partial_differential",
];

const RECOVERY_MODELS: readonly RecoveryModel[] = ["full", "bulk_logged", "simple"];
const FILE_TYPES: readonly BackupSetFile["type"][] = ["data", "log", "other"];

function lsnText(lsn: Lsn | null): string | null {
  return lsn === null ? null : formatLsn(lsn);
}

/** An LSN in JSON: digits, or a number where it is still exact. Anything else is null. */
export function asLsn(value: unknown): Lsn | null {
  if (typeof value === "string" && /^\d{1,25}$/.test(value)) return parseLsn(value);
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? BigInt(value) : null;
}

function asText(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
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
    const type = FILE_TYPES.find((known) => known === field.get("type")) ?? "other";
    const physicalName = asText(field.get("physicalName"));
    const fileId = asNumber(field.get("fileId")) ?? index + 1;
    return [{ logicalName, physicalName, type, fileId, sizeBytes: asNumber(field.get("sizeBytes")) ?? 0 }];
  });
}

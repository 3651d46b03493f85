import type { BackupSet, BackupSetFile } from "@/lib/backup/header";
import type { BackupFileSpec, BackupSetSpec, FileSpec } from "./backup-spec";
import { stableGuid } from "./stable-guid";

/** A backup set with nothing left open, ready to be laid down. */
export interface ResolvedSet extends BackupSet {
  databaseName: string;
  firstLsn: bigint;
  lastLsn: bigint;
  checkpointLsn: bigint;
  payloadBytes: number;
  openingFiles: BackupSetFile[];
  major: number;
  minor: number;
  build: number;
}

/** The internal database version that each product major version writes. */
const DATABASE_VERSION: Record<number, number> = {
  9: 611,
  10: 661,
  11: 706,
  12: 782,
  13: 852,
  14: 869,
  15: 904,
  16: 957,
  17: 998,
};

/** Gives every field that the spec leaves open the value a real server would write; same spec, same values. */
export function resolveSets(spec: BackupFileSpec): ResolvedSet[] {
  const first = spec.sets[0];
  if (first === undefined) throw new RangeError("A backup file needs at least one set");
  const mediaSetGuid = first.mediaSetGuid ?? stableGuid("media", setGuid(first));
  return spec.sets.map((set, index) => resolveSet(set, index + 1, mediaSetGuid, spec.compressed ?? false));
}

function resolveSet(
  set: BackupSetSpec,
  position: number,
  mediaSetGuid: string,
  compressed: boolean,
): ResolvedSet {
  const { databaseName } = set;
  const softwareVersion = set.softwareVersion ?? "15.0.2000";
  const [major = 15, minor = 0, build = 0] = softwareVersion.split(".").map(Number);
  const machineName = set.machineName ?? set.serverName?.split("\\")[0] ?? "SQL01";
  const familyGuid = set.familyGuid ?? stableGuid("family", databaseName);
  const lastFork = set.lastRecoveryForkGuid ?? familyGuid;
  const files = set.files ?? defaultFiles(set);
  const startedAt = set.startedAt ?? "2024-01-01T00:00:00";
  const differential = set.type.endsWith("differential");
  return {
    type: set.type,
    position: set.position ?? position,
    databaseName,
    firstLsn: set.firstLsn,
    lastLsn: set.lastLsn,
    checkpointLsn: set.checkpointLsn,
    payloadBytes: set.payloadBytes,
    major,
    minor,
    build,
    backupName: set.backupName ?? null,
    backupDescription: set.backupDescription ?? null,
    userName: set.userName ?? `${machineName}\\Administrator`,
    serverName: set.serverName ?? machineName,
    machineName,
    softwareVersion,
    databaseVersion: set.databaseVersion ?? DATABASE_VERSION[major] ?? 904,
    compatibilityLevel: set.compatibilityLevel ?? major * 10,
    databaseId: set.databaseId ?? 5,
    softwareVendorId: set.softwareVendorId ?? 0x1200,
    flags: null,
    compressed,
    encrypted: false,
    copyOnly: set.copyOnly ?? false,
    hasChecksums: set.hasChecksums ?? false,
    damaged: set.damaged ?? false,
    tail: set.tail ?? false,
    bulkLogged: set.bulkLogged ?? false,
    snapshot: set.snapshot ?? false,
    readOnly: set.readOnly ?? false,
    singleUser: set.singleUser ?? false,
    incompleteMetadata: set.incompleteMetadata ?? false,
    beginsLogChain: set.beginsLogChain ?? false,
    recoveryModel: set.recoveryModel ?? "full",
    databaseCreatedAt: set.databaseCreatedAt ?? "2020-01-01T00:00:00",
    startedAt,
    finishedAt: set.finishedAt === undefined ? startedAt : set.finishedAt,
    expiresAt: set.expiresAt ?? null,
    timeZoneQuarterHours: set.timeZoneQuarterHours === undefined ? 0 : set.timeZoneQuarterHours,
    databaseBackupLsn: set.databaseBackupLsn ?? (differential ? (set.differentialBaseLsn ?? 0n) : 0n),
    differentialBaseLsn: differential ? (set.differentialBaseLsn ?? set.databaseBackupLsn ?? 0n) : null,
    differentialBaseGuid: differential ? (set.differentialBaseGuid ?? set.baseBackupSetGuid ?? null) : null,
    baseBackupSetGuid: set.baseBackupSetGuid ?? set.differentialBaseGuid ?? null,
    backupSetGuid: setGuid(set),
    familyGuid,
    bindingId: set.bindingId ?? stableGuid("binding", databaseName, familyGuid),
    firstRecoveryForkGuid: set.firstRecoveryForkGuid ?? lastFork,
    lastRecoveryForkGuid: lastFork,
    forkPointLsn: forkPoint(set, lastFork),
    mediaSetGuid,
    mediaName: set.mediaName ?? null,
    mediaDescription: set.mediaDescription ?? null,
    mediaFamilyId: null,
    mirrorCount: set.mirrorCount ?? 1,
    blockBytes: null,
    sortOrder: set.sortOrder ?? 52,
    unicodeLocaleId: set.unicodeLocaleId ?? 1033,
    unicodeComparisonStyle: set.unicodeComparisonStyle ?? 196_609,
    collation: set.collation ?? "SQL_Latin1_General_CP1_CI_AS",
    family: set.family ?? { sequence: 1, count: 1 },
    backupSizeBytes: set.backupSizeBytes ?? null,
    compressedSizeBytes: set.compressedSizeBytes ?? null,
    files: files.map((file) => resolveFile(file, set)),
    openingFiles: (set.openingFiles ?? files).map((file) => resolveFile(file, set)),
  };
}

/** A set that crosses a fork names its point; without one given, take the last place that is inside the set. */
function forkPoint(set: BackupSetSpec, lastFork: string): bigint | null {
  if (set.forkPointLsn !== undefined) return set.forkPointLsn;
  const crosses = (set.firstRecoveryForkGuid ?? lastFork) !== lastFork;
  return crosses ? set.lastLsn : null;
}

/** The members of a striped set share this GUID, so the member's number has no part in it. */
function setGuid(set: BackupSetSpec): string {
  if (set.backupSetGuid) return set.backupSetGuid;
  const { databaseName, type, firstLsn, lastLsn, checkpointLsn } = set;
  const time = set.startedAt ?? null;
  return stableGuid("set", databaseName, type, firstLsn, lastLsn, checkpointLsn, time, String(set.copyOnly));
}

function resolveFile(file: FileSpec, set: BackupSetSpec): BackupSetFile {
  const data = file.type === "data";
  const filegroupId = file.filegroupId ?? (data ? 1 : 0);
  return {
    filegroupName: filegroupId === 1 ? "PRIMARY" : null,
    maxSizeBytes: file.type === "log" ? 2_199_023_255_552 : 35_184_372_080_640,
    backupBytes: data ? Math.floor(set.payloadBytes / 8192) * 8192 : 0,
    sourceBlockBytes: 4096,
    differentialBaseLsn: data ? (set.databaseBackupLsn ?? null) : null,
    differentialBaseGuid: data ? (set.baseBackupSetGuid ?? null) : null,
    ...file,
    filegroupId,
  };
}

function defaultFiles(set: BackupSetSpec): FileSpec[] {
  const folder = "C:\\Program Files\\Microsoft SQL Server\\MSSQL\\DATA";
  const name = set.databaseName;
  const dataBytes = Math.max(8, Math.ceil(set.payloadBytes / 1_048_576)) * 1_048_576;
  return [
    {
      logicalName: name,
      physicalName: `${folder}\\${name}.mdf`,
      type: "data",
      fileId: 1,
      sizeBytes: dataBytes,
    },
    {
      logicalName: `${name}_log`,
      physicalName: `${folder}\\${name}_log.ldf`,
      type: "log",
      fileId: 2,
      sizeBytes: 8_388_608,
    },
  ];
}

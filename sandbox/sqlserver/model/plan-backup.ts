import { randomUUID } from "node:crypto";
import type { BackupSetSpec } from "@/sandbox/backup-writer/backup-spec";
import { backupFileSize } from "@/sandbox/backup-writer/write-backup";
import { SqlError } from "../tsql/sql-error";
import { writeContents } from "./contents";
import { isWritten } from "./log-position";
import { UTC_OFFSET_MINUTES, wallText } from "./sandbox-clock";
import { SERVER } from "./server-identity";
import type { BackupRecord, DatabaseState } from "./server-state";
import type { SqlServerModel } from "./sql-server-model";

export interface BackupRequest {
  database: DatabaseState;
  type: "D" | "I" | "L";
  copyOnly: boolean;
  /** WITH NORECOVERY: the database is left RESTORING. */
  tail: boolean;
  compressed: boolean;
  checksums: boolean;
  name: string | null;
  description: string | null;
  userName: string;
  device: string;
}

export interface BackupPlan {
  request: BackupRequest;
  record: BackupRecord;
  spec: BackupSetSpec;
  /** Server seconds the backup takes. */
  seconds: number;
  /** Log positions at its start and at its end. */
  startPosition: number;
  endPosition: number;
}

const KB = 1024;
const MB = 1024 * KB;
/** What the writer's compression makes of its filler. */
const COMPRESSION_RATIO = 2.6;
/** Headers of a set besides its data. */
const SET_OVERHEAD = 12 * KB;
/** Log records of a checkpoint, of a log backup, of a finished data backup. */
const CHECKPOINT_BYTES = 2 * KB;
const MARKER_BYTES = 512;
const OPEN_TRANSACTION_BYTES = 3 * KB;

/** Throws what SQL Server says when this backup cannot be taken now: 4208, 4214, 3035, 3023. */
export function assertCanBackUp(model: SqlServerModel, request: BackupRequest): void {
  const { database, type } = request;
  if (type === "L" && database.recoveryModel === "SIMPLE") {
    throw new SqlError(
      4208,
      16,
      "The statement BACKUP LOG is not allowed while the recovery model is SIMPLE. Use BACKUP DATABASE or change the recovery model using ALTER DATABASE.",
    );
  }
  if (type === "L" && database.logChain === null) {
    throw new SqlError(
      4214,
      16,
      "BACKUP LOG cannot be performed because there is no current database backup.",
    );
  }
  if (type === "I" && database.differentialBase === null) {
    throw new SqlError(
      3035,
      16,
      `Cannot perform a differential backup for database "${database.name}", because a current database backup does not exist. Perform a full database backup by reissuing BACKUP DATABASE, omitting the WITH DIFFERENTIAL option.`,
    );
  }
  const kind = type === "L" ? "log" : "data";
  const blocked = model.running.some(
    (op) => op.database === database.name && (op.kind === kind || request.tail),
  );
  if (blocked) {
    throw new SqlError(
      3023,
      16,
      "Backup, file manipulation operations (such as ALTER DATABASE ADD FILE) and encryption changes on a database must be serialized. Reissue the statement after the current backup or file manipulation operation is completed.",
      { state: 2 },
    );
  }
}

/**
 * Fixes what a backup will contain: its LSNs by SQL Server's rules, its size and how long it takes. A data backup
 * begins at a checkpoint and ends with the log written while it ran; a log backup takes the log from where the last
 * one ended.
 */
export function planBackup(model: SqlServerModel, request: BackupRequest): BackupPlan {
  const { database, type } = request;
  const profile = model.profile(database);
  model.addLog(database, type === "L" ? MARKER_BYTES : CHECKPOINT_BYTES);
  const startPosition = model.position(database);
  const seconds = secondsOf(request, profile.fullBytes);
  const endPosition = type === "L" ? startPosition : model.positionAfter(database, seconds) + MARKER_BYTES;
  const checkpoint = type === "L" ? BigInt(database.checkpointLsn) : model.lsn(database, startPosition);
  const oldest = isWritten(database) ? startPosition - OPEN_TRANSACTION_BYTES : startPosition;
  const firstLsn = type === "L" ? BigInt(database.logChain?.firstLsn ?? "0") : model.lsn(database, oldest);
  const storedBytes = storedOf(model, request, startPosition, endPosition);
  const payloadBytes = request.compressed ? Math.round(storedBytes * COMPRESSION_RATIO) : storedBytes;
  const startedMs = Math.floor(model.clock.now() / 1000) * 1000;
  const base = database.differentialBase;
  const baseGuid = base?.guid ?? null;
  // Of a data backup it is what is there at its end.
  const contents = writeContents(model.contentsAfter(database, type === "L" ? 0 : seconds));
  const record: BackupRecord = {
    backupSetId: 0,
    mediaSetId: 0,
    guid: randomUUID().toUpperCase(),
    mediaGuid: randomUUID().toUpperCase(),
    position: 1,
    database: database.name,
    type,
    name: request.name,
    description: request.description,
    userName: request.userName,
    device: request.device,
    softwareName: "Microsoft SQL Server",
    startedMs,
    finishedMs: startedMs + Math.round(model.clock.realMs(seconds)),
    firstLsn: firstLsn.toString(),
    lastLsn: model.lsn(database, endPosition).toString(),
    checkpointLsn: checkpoint.toString(),
    databaseBackupLsn: database.databaseBackupLsn ?? "0",
    differentialBaseLsn: type === "I" ? (base?.lsn ?? null) : null,
    differentialBaseGuid: type === "I" ? (base?.guid ?? null) : null,
    firstForkGuid: type === "L" ? database.nextLogForkGuid : database.forkGuid,
    lastForkGuid: database.forkGuid,
    forkPointLsn:
      type === "L" && database.nextLogForkGuid !== database.forkGuid ? database.forkPointLsn : null,
    ...(database.forkBeganLsn === undefined ? {} : { forkBeganLsn: database.forkBeganLsn }),
    databaseGuid: database.databaseGuid,
    familyGuid: database.familyGuid,
    databaseCreatedMs: database.createdMs,
    recoveryModel: database.recoveryModel,
    copyOnly: request.copyOnly && type !== "I",
    beginsLogChain: type === "L" && database.logChain?.begins === true,
    tail: request.tail,
    checksums: request.checksums,
    compressed: request.compressed,
    singleUser: database.userAccess === "SINGLE_USER",
    readOnly: database.readOnly,
    sizeBytes: payloadBytes + SET_OVERHEAD,
    compressedBytes: payloadBytes + SET_OVERHEAD,
  };
  if (request.compressed) {
    const draft = setSpec(record, { baseGuid, payloadBytes, contents }, model);
    record.compressedBytes = backupFileSize({
      sets: [draft],
      compressed: true,
      algorithm: model.release.algorithm,
    });
  }
  return {
    request,
    record,
    spec: setSpec(record, { baseGuid, payloadBytes, contents }, model),
    seconds,
    startPosition,
    endPosition,
  };
}

function secondsOf(request: BackupRequest, fullBytes: number): number {
  if (request.type === "L") return 24;
  return request.type === "I" ? 45 : Math.max(50, Math.round((140 * fullBytes) / (24 * MB)));
}

/** About how many bytes the backup takes on disk. */
function storedOf(model: SqlServerModel, request: BackupRequest, start: number, end: number): number {
  const { database, type } = request;
  const profile = model.profile(database);
  const log = end - start;
  if (type === "D") return profile.fullBytes + Math.min(MB, log);
  if (type === "I") {
    const changed = Math.max(0, start - (database.differentialBase?.position ?? 0));
    const share = profile.fullBytes / (24 * MB);
    const filled = 1 - Math.exp(-changed / (24 * MB));
    return Math.round((3 + 3 * filled) * share * MB) + Math.min(MB, log);
  }
  const written = end - (database.logChain?.position ?? end);
  return Math.round(Math.min(2 * MB, 96 * KB + written * 0.35));
}

const TYPES = { D: "full", I: "differential", L: "log" } as const;
const MODELS = { FULL: "full", BULK_LOGGED: "bulk_logged", SIMPLE: "simple" } as const;

function localText(ms: number): string {
  return wallText(ms + UTC_OFFSET_MINUTES * 60_000);
}

/** The set as the file's header says it. */
function setSpec(
  record: BackupRecord,
  { baseGuid, payloadBytes, contents }: { baseGuid: string | null; payloadBytes: number; contents: string },
  model: SqlServerModel,
): BackupSetSpec {
  const { release } = model;
  const profile = model.profile(model.findDatabase(record.database) ?? neverMissing(record.database));
  const file = (log: boolean) => ({
    logicalName: `${record.database}${log ? "_log" : ""}`,
    physicalName: `${SERVER.dataFolder}${record.database}${log ? "_log.ldf" : ".mdf"}`,
    type: log ? ("log" as const) : ("data" as const),
    fileId: log ? 2 : 1,
    sizeBytes: log ? profile.logBytes : profile.dataBytes,
  });
  return {
    type: TYPES[record.type],
    databaseName: record.database,
    firstLsn: BigInt(record.firstLsn),
    lastLsn: BigInt(record.lastLsn),
    checkpointLsn: BigInt(record.checkpointLsn),
    databaseBackupLsn: BigInt(record.databaseBackupLsn),
    differentialBaseLsn: record.differentialBaseLsn === null ? null : BigInt(record.differentialBaseLsn),
    differentialBaseGuid: record.differentialBaseGuid,
    baseBackupSetGuid: baseGuid,
    backupSetGuid: record.guid,
    mediaSetGuid: record.mediaGuid,
    mediaDescription: contents,
    familyGuid: record.familyGuid,
    bindingId: record.databaseGuid,
    firstRecoveryForkGuid: record.firstForkGuid,
    lastRecoveryForkGuid: record.lastForkGuid,
    forkPointLsn: forkPointOf(record),
    backupName: record.name,
    backupDescription: record.description,
    userName: record.userName,
    serverName: SERVER.serverName,
    machineName: SERVER.machineName,
    softwareVersion: `${release.major}.${release.minor}.${release.build}`,
    databaseVersion: release.databaseVersion,
    compatibilityLevel: release.compatibilityLevel,
    copyOnly: record.copyOnly,
    hasChecksums: record.checksums,
    damaged: false,
    tail: record.tail,
    bulkLogged: false,
    recoveryModel: MODELS[record.recoveryModel],
    databaseCreatedAt: localText(record.databaseCreatedMs),
    startedAt: localText(record.startedMs),
    finishedAt: localText(record.finishedMs),
    timeZoneQuarterHours: UTC_OFFSET_MINUTES / 15,
    backupSizeBytes: record.sizeBytes,
    compressedSizeBytes: record.compressedBytes,
    files: [file(false), file(true)],
    payloadBytes,
  };
}

function neverMissing(name: string): never {
  throw new Error(`No database ${name}.`);
}

/** Makes a finished backup count: msdb's row, differential base, log chain, and RESTORING after a tail. */
export function commitBackup(model: SqlServerModel, plan: BackupPlan): void {
  const { record, request } = plan;
  const { database } = request;
  record.backupSetId = model.state.nextBackupSetId++;
  if (record.mediaSetId === 0) record.mediaSetId = model.state.nextMediaSetId++;
  model.change(database, () => {
    model.advanceLog(database, plan.endPosition);
    model.addBackup(record);
    const logged = database.recoveryModel !== "SIMPLE";
    if (record.type !== "L" && !record.copyOnly) {
      database.checkpointLsn = record.checkpointLsn;
      if (logged && database.logChain === null) {
        database.logChain = { firstLsn: record.firstLsn, position: plan.startPosition, begins: true };
      }
    }
    if (record.type === "D" && !record.copyOnly) {
      database.databaseBackupLsn = record.checkpointLsn;
      database.differentialBase = {
        lsn: record.checkpointLsn,
        guid: record.guid,
        timeMs: record.finishedMs,
        position: plan.startPosition,
      };
    }
    if (record.type === "L" && !record.copyOnly) {
      database.logChain = { firstLsn: record.lastLsn, position: plan.endPosition, begins: false };
      database.lastLogBackupMs = record.finishedMs;
      database.nextLogForkGuid = database.forkGuid;
      database.forkPointLsn = null;
    }
    if (request.tail) database.state = "RESTORING";
  });
}

/** In the bytes of data backups, too, stands where their fork began; msdb and RESTORE HEADERONLY have it of logs that cross. */
function forkPointOf({ forkPointLsn, forkBeganLsn }: BackupRecord): bigint | null {
  const digits = forkPointLsn ?? forkBeganLsn ?? null;
  return digits === null ? null : BigInt(digits);
}

import { randomUUID } from "node:crypto";
import { type DatabaseProfile, USER_DATABASES } from "./database-profiles";
import { lsnAt } from "./log-position";
import { newFork } from "./new-fork";
import { SERVER } from "./server-identity";
import type { BackupRecord, DatabaseState, ServerState } from "./server-state";

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Log written before the sandbox began, so that the history has LSNs of its own. */
const START_POSITION = 400 * 1024 * 1024;
const guid = () => randomUUID().toUpperCase();

/** The server at its first start: databases as their profiles say and a few days of backups by its own Agent jobs. */
export function initialState(nowMs: number): ServerState {
  const state: ServerState = {
    format: 1,
    nextBackupSetId: 1,
    nextMediaSetId: 1,
    databases: [],
    backups: [],
    foreignBackupsTaken: [],
  };
  for (const profile of USER_DATABASES) {
    const database = newDatabase(profile, nowMs);
    state.databases.push(database);
    addHistory(state, database, profile, nowMs);
  }
  state.backups.sort((a, b) => a.finishedMs - b.finishedMs);
  for (const backup of state.backups) {
    backup.backupSetId = state.nextBackupSetId++;
    backup.mediaSetId = state.nextMediaSetId++;
  }
  return state;
}

function newDatabase(profile: DatabaseProfile, nowMs: number): DatabaseState {
  return {
    name: profile.name,
    id: profile.id,
    createdMs: Math.floor((nowMs - profile.createdDaysAgo * DAY) / 1000) * 1000,
    state: "ONLINE",
    recoveryModel: profile.recoveryModel,
    userAccess: "MULTI_USER",
    readOnly: false,
    loadSeconds: 0,
    anchorMs: nowMs,
    extraLogBytes: START_POSITION,
    databaseGuid: guid(),
    familyGuid: guid(),
    ...newFork(),
    checkpointLsn: lsnAt(profile, START_POSITION - 65_536).toString(),
    lastLogBackupMs: null,
    lastGoodCheckMs: profile.historyDays > 0 ? nowMs - 5 * DAY : null,
  };
}

/** Nightly full backups at 01:00 and, in FULL, a log backup every four hours, the last about half an hour ago. */
function addHistory(
  state: ServerState,
  database: DatabaseState,
  profile: DatabaseProfile,
  nowMs: number,
): void {
  const logged = database.recoveryModel === "FULL";
  const bytesPerHour = START_POSITION / 2 / (Math.max(1, profile.historyDays) * 24);
  const positionAt = (ms: number) =>
    Math.floor(START_POSITION - 200_000 - ((nowMs - ms) / HOUR) * bytesPerHour);
  const oldest = nowMs - profile.historyDays * DAY;
  for (let ms = oldest; profile.historyDays > 0 && ms < nowMs - 20 * 60_000; ms += 4 * HOUR) {
    const step = Math.round((ms - oldest) / (4 * HOUR));
    if (step % 6 === 0) addFull(state, database, profile, ms, positionAt(ms));
    else if (logged) addLog(state, database, profile, ms, positionAt(ms));
  }
}

function record(
  database: DatabaseState,
  type: BackupRecord["type"],
  startedMs: number,
  seconds: number,
  sizeBytes: number,
): BackupRecord {
  const started = Math.floor(startedMs / 1000) * 1000;
  const stamp = new Date(started + 8 * HOUR).toISOString().replace(/[-:T]/g, "").slice(0, 12);
  return {
    backupSetId: 0,
    mediaSetId: 0,
    guid: guid(),
    mediaGuid: guid(),
    position: 1,
    database: database.name,
    type,
    name: `${database.name}-${type === "D" ? "Full Database" : "Transaction Log"} Backup`,
    description: null,
    userName: `${SERVER.machineName}\\svc_sqlagent`,
    device: `E:\\SQLBackup\\${database.name}_${type === "D" ? "FULL" : "LOG"}_${stamp}.${type === "D" ? "bak" : "trn"}`,
    softwareName: "Microsoft SQL Server",
    startedMs: started,
    finishedMs: started + seconds * 1000,
    firstLsn: "0",
    lastLsn: "0",
    checkpointLsn: database.checkpointLsn,
    databaseBackupLsn: database.databaseBackupLsn ?? "0",
    differentialBaseLsn: null,
    differentialBaseGuid: null,
    firstForkGuid: database.forkGuid,
    lastForkGuid: database.forkGuid,
    forkPointLsn: null,
    databaseGuid: database.databaseGuid,
    familyGuid: database.familyGuid,
    databaseCreatedMs: database.createdMs,
    recoveryModel: database.recoveryModel,
    copyOnly: false,
    beginsLogChain: false,
    tail: false,
    checksums: true,
    compressed: true,
    singleUser: false,
    readOnly: false,
    sizeBytes: Math.round(sizeBytes * 3.4),
    compressedBytes: sizeBytes,
  };
}

function addFull(
  state: ServerState,
  database: DatabaseState,
  profile: DatabaseProfile,
  ms: number,
  position: number,
): void {
  const backup = record(database, "D", ms, 147, profile.fullBytes);
  const first = lsnAt(profile, position).toString();
  backup.firstLsn = first;
  backup.checkpointLsn = first;
  backup.lastLsn = lsnAt(profile, position + 90_000).toString();
  state.backups.push(backup);
  database.checkpointLsn = first;
  database.databaseBackupLsn = first;
  database.differentialBase = { lsn: first, guid: backup.guid, timeMs: backup.finishedMs, position };
  if (database.recoveryModel !== "SIMPLE" && database.logChain === null) {
    database.logChain = { firstLsn: first, position, begins: true };
  }
}

function addLog(
  state: ServerState,
  database: DatabaseState,
  profile: DatabaseProfile,
  ms: number,
  position: number,
): void {
  const chain = database.logChain;
  if (chain === null || position <= chain.position) return;
  const backup = record(
    database,
    "L",
    ms,
    9,
    Math.min(2_000_000, Math.round((position - chain.position) / 6)),
  );
  backup.firstLsn = chain.firstLsn;
  backup.lastLsn = lsnAt(profile, position).toString();
  backup.beginsLogChain = chain.begins;
  state.backups.push(backup);
  database.logChain = { firstLsn: backup.lastLsn, position, begins: false };
  database.lastLogBackupMs = backup.finishedMs;
}

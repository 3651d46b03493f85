import { BACKUP_TYPES, type BackupType } from "./backup-kind";
import { collationName } from "./collation-name";
import {
  SCIN,
  SCIN_MIN_BYTES,
  SFGI,
  SFGI_MIN_BYTES,
  SFIN,
  SFIN_MIN_BYTES,
  STATUS,
  TYPE_LETTER,
} from "./configuration-layout";
import type { BackupSetFile, RecoveryModel } from "./header";
import type { Lsn } from "./lsn";
import { readGuid, readLsn, readMtfDate, readText, viewOf } from "./mtf-values";

/** What one configuration stream (`MQCI`) says of its backup set. */
export interface Configuration {
  type: BackupType;
  flags: number;
  softwareVersion: string;
  databaseVersion: number;
  compatibilityLevel: number;
  databaseId: number;
  sortOrder: number;
  unicodeLocaleId: number;
  unicodeComparisonStyle: number;
  collation: string | null;
  beginsLogChain: boolean;
  databaseName: string | null;
  serverName: string | null;
  recoveryModel: RecoveryModel;
  databaseCreatedAt: string | null;
  startedAt: string | null;
  finishedAt: string | null;
  firstLsn: Lsn;
  lastLsn: Lsn;
  checkpointLsn: Lsn;
  databaseBackupLsn: Lsn;
  differentialBaseLsn: Lsn | null;
  differentialBaseGuid: string | null;
  baseBackupSetGuid: string;
  familyGuid: string | null;
  bindingId: string | null;
  firstRecoveryForkGuid: string | null;
  lastRecoveryForkGuid: string | null;
  forkPointLsn: Lsn | null;
  backupSizeBytes: number;
  compressedSizeBytes: number | null;
  files: BackupSetFile[];
}

const DIFFERENTIAL: readonly BackupType[] = ["differential", "file_differential", "partial_differential"];

/** Longer than any clock change or time zone slip of a server can make a backup seem to end before it began. */
const CLOCK_SLIP_MS = 26 * 3_600_000;

/**
 * Reads the data of an `MQCI` stream, which may be cut at the end: then the file list is as long as it got. Null when
 * the set's own record is cut, contradicts itself or holds impossible dates.
 */
export function decodeConfiguration(bytes: Uint8Array): Configuration | null {
  const view = viewOf(bytes);
  if (bytes.length < SCIN_MIN_BYTES || idAt(view, 0) !== "SCIN") return null;
  const end = view.getUint32(SCIN.recordLength, true);
  if (end < SCIN_MIN_BYTES || end > bytes.length) return null;
  const type = backupType(view.getUint8(SCIN.type));
  const databaseCreatedAt = readMtfDate(view, SCIN.databaseCreatedAt);
  const startedAt = readMtfDate(view, SCIN.startedAt);
  const finishedAt = readMtfDate(view, SCIN.finishedAt);
  if (type === null || startedAt === "corrupt" || finishedAt === "corrupt") return null;
  if (startedAt !== null && finishedAt !== null && endsBeforeStart(startedAt, finishedAt)) return null;
  const lsn = (at: number): Lsn => readLsn(view, at);
  const guid = (at: number): string => readGuid(view, at);
  const differential = DIFFERENTIAL.includes(type);
  const forkPointLsn = lsn(SCIN.forkPointLsn);
  const fork = nonZero(guid(SCIN.recoveryFork));
  const firstLsn = lsn(SCIN.firstLsn);
  // Only a log that begins before the fork point was started on the other side of it.
  const crossesFork = type === "log" && forkPointLsn > firstLsn;
  // Product 9 cannot compress; where later ones have the size, its texts begin.
  const hasCompressedSize = view.getUint8(SCIN.major) >= 10 && end >= SCIN.compressedSize + 8;
  return {
    type,
    flags: view.getUint32(SCIN.flags, true),
    softwareVersion: `${view.getUint8(SCIN.major)}.${view.getUint8(SCIN.minor)}.${view.getUint16(SCIN.build, true)}`,
    databaseVersion: view.getUint16(SCIN.databaseVersion, true),
    compatibilityLevel: view.getUint8(SCIN.compatibilityLevel),
    databaseId: view.getUint16(SCIN.databaseId, true),
    sortOrder: view.getUint8(SCIN.sortOrder),
    unicodeLocaleId: view.getUint32(SCIN.localeId, true),
    unicodeComparisonStyle: view.getUint32(SCIN.comparisonStyle, true),
    collation: collationName(
      view.getUint32(SCIN.collationId, true),
      view.getUint32(SCIN.collationId + 4, true),
    ),
    beginsLogChain: type === "log" && firstLsn !== 0n && lsn(SCIN.logChainStart) === firstLsn,
    databaseName: readText(view, SCIN.databaseName, 0, end),
    serverName: readText(view, SCIN.serverName, 0, end),
    recoveryModel: recoveryModel(view.getUint32(SCIN.databaseStatus, true)),
    databaseCreatedAt: databaseCreatedAt === "corrupt" ? null : databaseCreatedAt,
    startedAt,
    finishedAt,
    firstLsn,
    lastLsn: lsn(SCIN.lastLsn),
    checkpointLsn: lsn(SCIN.checkpointLsn),
    databaseBackupLsn: lsn(SCIN.databaseBackupLsn),
    differentialBaseLsn: differential ? lsn(SCIN.differentialBaseLsn) : null,
    differentialBaseGuid: differential ? nonZero(guid(SCIN.differentialBaseGuid)) : null,
    baseBackupSetGuid: guid(SCIN.baseBackupSetGuid),
    familyGuid: nonZero(guid(SCIN.familyGuid)),
    bindingId: nonZero(guid(SCIN.bindingId)),
    firstRecoveryForkGuid: crossesFork ? nonZero(guid(SCIN.forkBefore)) : fork,
    lastRecoveryForkGuid: fork,
    forkPointLsn: forkPointLsn === 0n ? null : forkPointLsn,
    backupSizeBytes: Number(view.getBigUint64(SCIN.backupSize, true)),
    compressedSizeBytes: hasCompressedSize ? Number(view.getBigUint64(SCIN.compressedSize, true)) : null,
    files: decodeFiles(view, end),
  };
}

function decodeFiles(view: DataView, from: number): BackupSetFile[] {
  const files: BackupSetFile[] = [];
  const filegroups = new Map<number, string>();
  let at = from;
  while (at + 8 <= view.byteLength) {
    const length = view.getUint32(at + 4, true);
    if (length < 8 || at + length > view.byteLength) break;
    const id = idAt(view, at);
    if (id === "SFIN" && length >= SFIN_MIN_BYTES) files.push(decodeFile(view, at, at + length));
    if (id === "SFGI" && length >= SFGI_MIN_BYTES) {
      const name = readText(view, at + SFGI.name, at, at + length);
      if (name !== null) filegroups.set(view.getUint32(at + SFGI.filegroupId, true), name);
    }
    at += length;
  }
  return files.map((file) => ({ ...file, filegroupName: filegroups.get(file.filegroupId ?? 0) ?? null }));
}

function decodeFile(view: DataView, at: number, end: number): BackupSetFile {
  const kind = view.getUint32(at + SFIN.type, true);
  const pageBytes = view.getUint32(at + SFIN.pageBytes, true);
  const hasMaxSize = at + SFIN.maxSize + 8 <= end;
  const hasBase = at + SFIN.differentialBaseGuid + 16 <= end;
  const baseLsn = hasBase ? readLsn(view, at + SFIN.differentialBaseLsn) : 0n;
  return {
    logicalName: readText(view, at + SFIN.logicalName, at, end) ?? "",
    physicalName: readText(view, at + SFIN.physicalName, at, end),
    type: kind === 1 ? "data" : kind === 2 ? "log" : "other",
    fileId: view.getUint16(at + SFIN.fileId, true),
    sizeBytes: Number(view.getBigUint64(at + SFIN.size, true)),
    filegroupId: view.getUint32(at + SFIN.filegroupId, true),
    filegroupName: null,
    maxSizeBytes: hasMaxSize ? Number(view.getBigUint64(at + SFIN.maxSize, true)) : null,
    backupBytes: view.getUint32(at + SFIN.pagesInBackup, true) * pageBytes,
    sourceBlockBytes: view.getUint32(at + SFIN.sourceBlockBytes, true),
    differentialBaseLsn: baseLsn === 0n ? null : baseLsn,
    differentialBaseGuid: hasBase ? nonZero(readGuid(view, at + SFIN.differentialBaseGuid)) : null,
  };
}

function idAt(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));
}

function backupType(letter: number): BackupType | null {
  const written = String.fromCharCode(letter);
  return BACKUP_TYPES.find((type) => TYPE_LETTER[type] === written) ?? null;
}

function recoveryModel(status: number): RecoveryModel {
  if (status & STATUS.simple) return "simple";
  return status & STATUS.bulkLogged ? "bulk_logged" : "full";
}

function endsBeforeStart(startedAt: string, finishedAt: string): boolean {
  return Date.parse(`${startedAt}Z`) - Date.parse(`${finishedAt}Z`) > CLOCK_SLIP_MS;
}

function nonZero(guid: string): string | null {
  return /^[0-]+$/.test(guid) ? null : guid;
}

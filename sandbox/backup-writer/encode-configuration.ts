import { collationNumber } from "@/lib/backup/collation-name";
import { FLAG, SCIN, SFGI, SFIN, STATUS, scinBytes, TYPE_LETTER } from "@/lib/backup/configuration-layout";
import type { BackupSetFile } from "@/lib/backup/header";
import type { Lsn } from "@/lib/backup/lsn";
import { writeId } from "@/lib/backup/mtf-block";
import { encodeText, viewOf, writeGuid, writeLsn, writeMtfDate } from "@/lib/backup/mtf-values";
import type { ResolvedSet } from "./resolve-set";

/** `opening` goes before the data, `closing` after it: only the closing one is final. */
export type ConfigurationMoment = "opening" | "closing";

/** The data of an `MQCI` stream: the backup set's own record, its filegroup and its files. */
export function encodeConfiguration(set: ResolvedSet, moment: ConfigurationMoment): Uint8Array {
  return concatBytes([
    encodeSet(set, moment),
    ...filegroupsOf(set).map(([id, name]) => encodeFilegroup(set, id, name)),
    ...(moment === "opening" ? set.openingFiles : set.files).map((file) => encodeFile(set, file)),
  ]);
}

function encodeSet(set: ResolvedSet, moment: ConfigurationMoment): Uint8Array {
  const fixed = scinBytes(set.major);
  const bytes = record("SCIN", fixed, [
    { reference: SCIN.databaseName, text: set.databaseName },
    { reference: SCIN.serverName, text: set.serverName },
  ]);
  const view = viewOf(bytes);
  const closing = moment === "closing";
  // From product 15 on the opening record of a full or differential holds LSNs from before the backup's second pass.
  const settled = closing || set.major < 15 || set.type === "log" ? (lsn: Lsn) => lsn : staleLsn;
  view.setUint32(SCIN.flags, flagsOf(set), true);
  view.setUint32(SCIN.dataFiles, set.files.filter((file) => file.type === "data").length, true);
  view.setUint32(0x10, 1, true);
  view.setUint16(SCIN.build, set.build, true);
  view.setUint8(SCIN.minor, set.minor);
  view.setUint8(SCIN.major, set.major);
  view.setUint32(0x1c, set.major < 10 ? 0 : 9, true);
  writeLsn(view, SCIN.firstLsn, settled(set.firstLsn));
  writeLsn(view, SCIN.lastLsn, settled(set.lastLsn));
  writeLsn(view, SCIN.checkpointLsn, settled(set.checkpointLsn));
  writeLsn(view, SCIN.databaseBackupLsn, set.databaseBackupLsn ?? 0n);
  writeMtfDate(view, SCIN.databaseCreatedAt, set.databaseCreatedAt);
  writeMtfDate(view, SCIN.startedAt, set.startedAt);
  writeMtfDate(view, SCIN.finishedAt, closing ? set.finishedAt : null);
  view.setUint8(SCIN.type, TYPE_LETTER[set.type].charCodeAt(0));
  view.setUint8(SCIN.sortOrder, set.sortOrder ?? 0);
  view.setUint16(SCIN.sortOrder + 1, 1, true);
  view.setUint8(SCIN.compatibilityLevel, set.compatibilityLevel ?? 0);
  view.setUint16(SCIN.databaseId, set.databaseId ?? 0, true);
  view.setUint16(SCIN.databaseVersion, set.databaseVersion ?? 0, true);
  view.setBigUint64(SCIN.backupSize, BigInt(set.backupSizeBytes ?? 0), true);
  view.setUint32(SCIN.localeId, set.unicodeLocaleId ?? 0, true);
  view.setUint32(SCIN.comparisonStyle, set.unicodeComparisonStyle ?? 0, true);
  writeOptionalGuid(view, SCIN.bindingId, set.bindingId);
  writeLsn(view, SCIN.lastLsnAgain, settled(set.lastLsn));
  writeOptionalGuid(view, SCIN.recoveryFork, set.lastRecoveryForkGuid);
  writeLsn(view, SCIN.forkPointLsn, set.forkPointLsn ?? 0n);
  if (set.forkPointLsn) writeOptionalGuid(view, SCIN.forkBefore, set.firstRecoveryForkGuid);
  writeOptionalGuid(view, SCIN.baseBackupSetGuid, set.baseBackupSetGuid);
  const collation = collationNumber(set.collation ?? "");
  view.setUint32(SCIN.collationId, collation.id, true);
  view.setUint32(SCIN.collationId + 4, collation.sortId, true);
  writeOptionalGuid(view, SCIN.familyGuid, set.familyGuid);
  view.setUint32(SCIN.databaseStatus, statusOf(set), true);
  writeLsn(view, SCIN.logChainStart, logChainStart(set));
  writeLsn(view, SCIN.differentialBaseLsn, set.differentialBaseLsn ?? 0n);
  writeOptionalGuid(view, SCIN.differentialBaseGuid, set.differentialBaseGuid);
  if (fixed > SCIN.compressedSize) {
    view.setBigUint64(SCIN.compressedSize, BigInt(set.compressedSizeBytes ?? set.backupSizeBytes ?? 0), true);
  }
  if (fixed > 0x174) view.setUint32(0x174, 1, true);
  return bytes;
}

/** Where the chain of logs began; a log that begins it says its own first LSN. */
function logChainStart(set: ResolvedSet): Lsn {
  if (set.beginsLogChain) return set.firstLsn;
  const start = set.recoveryModel === "simple" ? 0n : (set.databaseBackupLsn ?? 0n);
  return start === set.firstLsn ? 0n : start;
}

function flagsOf(set: ResolvedSet): number {
  let flags: number = FLAG.always;
  if (set.bulkLogged) flags |= FLAG.bulkLogged;
  if (set.snapshot) flags |= FLAG.snapshot;
  if (set.readOnly) flags |= FLAG.readOnly;
  if (set.singleUser) flags |= FLAG.singleUser;
  if (set.incompleteMetadata) flags |= FLAG.incompleteMetadata;
  if (set.hasChecksums) flags |= FLAG.checksums;
  if (set.damaged) flags |= FLAG.damaged;
  if (set.tail) flags |= FLAG.tailLog | FLAG.noRecovery;
  if (set.copyOnly) flags |= FLAG.copyOnly;
  if (set.type === "differential") flags |= FLAG.differential;
  return flags;
}

function statusOf(set: ResolvedSet): number {
  if (set.recoveryModel === "simple") return STATUS.pageChecksums | STATUS.simple;
  if (set.recoveryModel === "bulk_logged") return STATUS.pageChecksums | STATUS.bulkLogged;
  return STATUS.pageChecksums;
}

/** A few log blocks earlier, and still a possible LSN. */
function staleLsn(lsn: Lsn): Lsn {
  const block = (lsn / 100_000n) % 10_000_000_000n;
  return block >= 40n ? lsn - 4_000_000n : lsn + 4_000_000n;
}

/** Every filegroup that a file is in, and the primary one first in any case. */
function filegroupsOf(set: ResolvedSet): [number, string][] {
  const names = new Map([[1, "PRIMARY"]]);
  for (const { filegroupId, filegroupName } of set.files) {
    if (filegroupId && filegroupName !== null) names.set(filegroupId, filegroupName);
  }
  return [...names];
}

function encodeFilegroup(set: ResolvedSet, id: number, name: string): Uint8Array {
  const bytes = record("SFGI", set.major < 11 ? 0x30 : 0xe0, [{ reference: SFGI.name, text: name }]);
  const view = viewOf(bytes);
  view.setUint32(SFGI.kind, 0x10, true);
  view.setUint32(SFGI.filegroupId, id, true);
  view.setUint32(0x14, 1, true);
  return bytes;
}

const PAGE_BYTES = 0x2000;

function encodeFile(set: ResolvedSet, file: BackupSetFile): Uint8Array {
  const bytes = record("SFIN", set.major < 11 ? 0x41e : 0x404, [
    { reference: SFIN.logicalName, text: file.logicalName },
    { reference: SFIN.physicalName, text: file.physicalName },
  ]);
  const view = viewOf(bytes);
  const data = file.type === "data";
  view.setUint32(SFIN.kind, data ? 0x04 : 0x0c, true);
  view.setUint32(SFIN.pageBytes, PAGE_BYTES, true);
  view.setUint16(SFIN.fileId, file.fileId, true);
  view.setUint32(SFIN.pagesInBackup, Math.floor((file.backupBytes ?? 0) / PAGE_BYTES), true);
  view.setUint32(SFIN.type, file.type === "log" ? 2 : data ? 1 : 3, true);
  view.setUint32(SFIN.sourceBlockBytes, file.sourceBlockBytes ?? 0, true);
  view.setUint32(SFIN.filegroupId, file.filegroupId ?? 0, true);
  view.setBigUint64(SFIN.size, BigInt(file.sizeBytes), true);
  view.setBigUint64(SFIN.maxSize, BigInt(file.maxSizeBytes ?? 0), true);
  writeLsn(view, SFIN.differentialBaseLsn, file.differentialBaseLsn ?? 0n);
  writeOptionalGuid(view, SFIN.differentialBaseGuid, file.differentialBaseGuid);
  return bytes;
}

interface RecordText {
  reference: number;
  text: string | null;
}

/** A zeroed record with its id, its length and its texts packed behind the fixed part. */
function record(id: string, fixed: number, texts: RecordText[]): Uint8Array {
  const encoded = texts.map(({ reference, text }) => ({ reference, bytes: encodeText(text) }));
  const length = encoded.reduce((sum, { bytes }) => sum + bytes.length, fixed);
  if (length > 0xffff) throw new RangeError(`A ${id} record of ${length} bytes is too long`);
  const result = new Uint8Array(length);
  const view = viewOf(result);
  writeId(view, 0, id);
  view.setUint32(4, length, true);
  packTexts(result, fixed, encoded);
  return result;
}

/** Copies texts to `from` on and writes their references (length and offset from the start of `structure`). */
export function packTexts(
  structure: Uint8Array,
  from: number,
  texts: { reference: number; bytes: Uint8Array }[],
): number {
  const view = viewOf(structure);
  let at = from;
  for (const { reference, bytes } of texts) {
    view.setUint16(reference, bytes.length, true);
    view.setUint16(reference + 2, bytes.length === 0 ? 0 : at, true);
    structure.set(bytes, at);
    at += bytes.length;
  }
  return at;
}

function writeOptionalGuid(view: DataView, at: number, guid: string | null): void {
  if (guid !== null) writeGuid(view, at, guid);
}

function concatBytes(parts: Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

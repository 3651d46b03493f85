import { type Configuration, decodeConfiguration, hasFlag } from "./decode-configuration";
import type { BackupSet } from "./header";
import { isBlock, isStream, LOGICAL_BLOCK_BYTES, STREAM_HEADER_BYTES } from "./mtf-block";
import { readGuid, readText, viewOf } from "./mtf-values";

/** The first block of a backup file. */
export interface TapeHeader {
  blockSize: number;
  mediaSetGuid: string | null;
  family: { sequence: number; count: number };
}

/** How far the first block may reach: one physical block of the largest size. */
const TAPE_SEARCH_BYTES = 65_536;

/** Reads the `TAPE` block at the start of `bytes`. Null when it is damaged or names an impossible block size. */
export function decodeTape(bytes: Uint8Array): TapeHeader | null {
  const view = viewOf(bytes);
  if (!isBlock(view, 0, "TAPE") || bytes.length < 0x60) return null;
  const blockSize = view.getUint16(0x40, true) * 512;
  if (blockSize < 512 || blockSize > 65_536 || (blockSize & (blockSize - 1)) !== 0) return null;
  const family = { sequence: 1, count: 1 };
  let mediaSetGuid: string | null = null;
  const raid = findStream(view, view.getUint16(8, true), "RAID", TAPE_SEARCH_BYTES);
  if (raid !== null && raid.at + 26 <= bytes.length) {
    mediaSetGuid = readGuid(view, raid.at);
    family.count = Math.max(1, view.getUint16(raid.at + 0x14, true));
    family.sequence = Math.max(1, view.getUint16(raid.at + 0x18, true));
  }
  return { blockSize, mediaSetGuid, family };
}

/** Follows streams from `at` on, each of which tells its own length. */
function findStream(
  view: DataView,
  at: number,
  id: string,
  limit: number,
): { at: number; length: number } | null {
  for (let from = at; from <= limit; ) {
    if (isStream(view, from, id)) {
      const length = Number(view.getBigUint64(from + 8, true));
      return { at: from + STREAM_HEADER_BYTES, length };
    }
    if (from + STREAM_HEADER_BYTES > view.byteLength) return null;
    const length = Number(view.getBigUint64(from + 8, true));
    from = Math.ceil((from + STREAM_HEADER_BYTES + length) / 4) * 4;
  }
  return null;
}

/** What stands before the data of a set: where it is on the tape, who took it, and the provisional configuration. */
export interface SetOpening {
  position: number;
  backupName: string | null;
  backupDescription: string | null;
  userName: string | null;
  machineName: string | null;
  backupSetGuid: string | null;
  timeZoneQuarterHours: number | null;
  /** Where the configuration's data lies, and how long it says it is (the buffer may hold less). */
  configuration: { at: number; length: number };
}

/** SSET, VOLB and MSCI follow each other closely: a description adds at most a few blocks. */
const OPENING_SEARCH_BYTES = 16_384;

/** Reads the blocks that begin a set at the start of `bytes`. Null when they are missing, cut or damaged. */
export function decodeOpening(bytes: Uint8Array): SetOpening | null {
  const view = viewOf(bytes);
  if (!isBlock(view, 0, "SSET") || bytes.length < 0x7a) return null;
  const volume = findBlock(view, "VOLB");
  const configuration = findConfiguration(view, "MSCI");
  if (configuration === null) return null;
  const end = bytes.length;
  const timeZone = view.getInt8(0x5f);
  const guid = readGuid(view, 0x64);
  return {
    position: view.getUint16(0x3e, true),
    backupName: readText(view, 0x40, 0, end),
    backupDescription: readText(view, 0x44, 0, end),
    userName: readText(view, 0x4c, 0, end),
    machineName: volume !== null && volume + 0x44 <= end ? readText(view, volume + 0x40, volume, end) : null,
    backupSetGuid: /^[0-]+$/.test(guid) ? null : guid,
    timeZoneQuarterHours: timeZone === 127 ? null : timeZone,
    configuration,
  };
}

function findBlock(view: DataView, id: string): number | null {
  const limit = Math.min(view.byteLength, OPENING_SEARCH_BYTES);
  for (let at = LOGICAL_BLOCK_BYTES; at < limit; at += LOGICAL_BLOCK_BYTES)
    if (isBlock(view, at, id)) return at;
  return null;
}

function findConfiguration(view: DataView, id: string): { at: number; length: number } | null {
  const block = findBlock(view, id);
  return block === null ? null : configurationStream(view, block);
}

function configurationStream(view: DataView, block: number): { at: number; length: number } | null {
  const stream = block + view.getUint16(block + 8, true);
  if (!isStream(view, stream, "MQCI")) return null;
  const length = Number(view.getBigUint64(stream + 8, true));
  return Number.isSafeInteger(length) ? { at: stream + STREAM_HEADER_BYTES, length } : null;
}

/** Blocks stand on sectors of the file (or of the uncompressed stream). */
const SECTOR = 512;

/** The closing configuration (`MSLS`) nearest to the end of `bytes`, whose start is on a sector. */
export function decodeClosing(bytes: Uint8Array): Configuration | null {
  const view = viewOf(bytes);
  for (let at = Math.floor((bytes.length - 1) / SECTOR) * SECTOR; at >= 0; at -= SECTOR) {
    if (!isBlock(view, at, "MSLS")) continue;
    const stream = configurationStream(view, at);
    return stream && decodeConfiguration(bytes.subarray(stream.at, stream.at + stream.length));
  }
  return null;
}

/**
 * A set as the product knows it. Without `closing` it is provisional: its LSNs are those of the opening configuration
 * (stale for a full or differential since product 15), and its end and sizes are not known.
 */
export function describeSet(
  opening: SetOpening,
  first: Configuration,
  closing: Configuration | null,
  file: { tape: TapeHeader; compressed: boolean },
): BackupSet {
  const final = closing ?? first;
  const longest = final.files.length >= first.files.length ? final.files : first.files;
  return {
    type: final.type,
    position: opening.position,
    backupName: opening.backupName,
    backupDescription: opening.backupDescription,
    userName: opening.userName,
    databaseName: final.databaseName,
    serverName: final.serverName,
    machineName: opening.machineName,
    softwareVersion: final.softwareVersion,
    databaseVersion: final.databaseVersion,
    compatibilityLevel: final.compatibilityLevel,
    compressed: file.compressed,
    encrypted: false,
    copyOnly: hasFlag(final, "copyOnly"),
    hasChecksums: hasFlag(final, "checksums"),
    damaged: hasFlag(final, "damaged"),
    tail: hasFlag(final, "noRecovery"),
    bulkLogged: hasFlag(final, "bulkLogged"),
    recoveryModel: final.recoveryModel,
    databaseCreatedAt: final.databaseCreatedAt,
    startedAt: final.startedAt,
    finishedAt: closing?.finishedAt ?? null,
    timeZoneQuarterHours: opening.timeZoneQuarterHours,
    firstLsn: final.firstLsn,
    lastLsn: final.lastLsn,
    checkpointLsn: final.checkpointLsn,
    databaseBackupLsn: final.databaseBackupLsn,
    differentialBaseLsn: final.differentialBaseLsn,
    differentialBaseGuid: final.differentialBaseGuid,
    baseBackupSetGuid: final.baseBackupSetGuid,
    backupSetGuid: opening.backupSetGuid,
    familyGuid: final.familyGuid,
    bindingId: final.bindingId,
    firstRecoveryForkGuid: final.firstRecoveryForkGuid,
    lastRecoveryForkGuid: final.lastRecoveryForkGuid,
    forkPointLsn: final.forkPointLsn,
    mediaSetGuid: file.tape.mediaSetGuid,
    family: { ...file.tape.family },
    backupSizeBytes: closing?.backupSizeBytes ?? null,
    compressedSizeBytes: closing?.compressedSizeBytes ?? null,
    files: longest,
  };
}

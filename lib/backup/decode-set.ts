import { type Configuration, decodeConfiguration } from "./decode-configuration";
import { findStream } from "./decode-tape";
import { hasAnsiTexts, isBlock, LOGICAL_BLOCK_BYTES } from "./mtf-block";
import { readGuid, readMtfDate, readText, viewOf } from "./mtf-values";

/** What stands before the data of a set: where it is on the tape, who took it, and the provisional configuration. */
export interface SetOpening {
  position: number;
  backupName: string | null;
  backupDescription: string | null;
  userName: string | null;
  machineName: string | null;
  backupSetGuid: string | null;
  softwareVendorId: number;
  timeZoneQuarterHours: number | null;
  expiresAt: string | null;
  /** Where the configuration's data lies, and how long it says it is (the buffer may hold less). */
  configuration: { at: number; length: number };
}

/** SSET, VOLB and MSCI follow each other closely: a description adds at most a few blocks. */
const OPENING_SEARCH_BYTES = 16_384;

/** The fixed part of a start block, and of the block behind it that names the machine. */
const SSET_BYTES = 0x7a;
const VOLB_BYTES = 0x49;

/** Reads the blocks that begin a set at the start of `bytes`. Null when they are missing, cut or damaged. */
export function decodeOpening(bytes: Uint8Array): SetOpening | null {
  const view = viewOf(bytes);
  if (!isBlock(view, 0, "SSET") || bytes.length < SSET_BYTES) return null;
  const configuration = findConfiguration(view, "MSCI");
  if (configuration === null) return null;
  const end = bytes.length;
  const ansi = hasAnsiTexts(view, 0);
  const timeZone = view.getInt8(0x5f);
  const guid = readGuid(view, 0x64);
  const expiresAt = readMtfDate(view, 0x74);
  return {
    position: view.getUint16(0x3e, true),
    backupName: readText(view, 0x40, 0, end, ansi),
    backupDescription: readText(view, 0x44, 0, end, ansi),
    userName: readText(view, 0x4c, 0, end, ansi),
    machineName: machineName(view, end),
    backupSetGuid: /^[0-]+$/.test(guid) ? null : guid,
    softwareVendorId: view.getUint16(0x3c, true),
    timeZoneQuarterHours: timeZone === UNKNOWN_TIME_ZONE ? null : timeZone,
    expiresAt: expiresAt === "corrupt" ? null : expiresAt,
    configuration,
  };
}

const UNKNOWN_TIME_ZONE = 127;

function machineName(view: DataView, end: number): string | null {
  const volume = findBlock(view, "VOLB");
  if (volume === null || volume + VOLB_BYTES > end) return null;
  return readText(view, volume + 0x40, volume, end, hasAnsiTexts(view, volume));
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
  return findStream(view, block + view.getUint16(block + 8, true), "MQCI");
}

/** Blocks stand on sectors of the file (or of the uncompressed stream). */
const SECTOR = 512;

/** The closing configuration (`MSLS`) nearest to the end of `bytes`, which is on a sector. */
export function decodeClosing(bytes: Uint8Array): Configuration | null {
  const view = viewOf(bytes);
  for (let at = bytes.length - SECTOR; at >= 0; at -= SECTOR) {
    if (!isBlock(view, at, "MSLS")) continue;
    const stream = configurationStream(view, at);
    return stream && decodeConfiguration(bytes.subarray(stream.at, stream.at + stream.length));
  }
  return null;
}

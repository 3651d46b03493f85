import { hasAnsiTexts, isAnyStream, isBlock, isStream, STREAM_HEADER_BYTES } from "./mtf-block";
import { readGuid, readText, viewOf } from "./mtf-values";

/** The first block of a backup file. */
export interface TapeHeader {
  blockSize: number;
  mediaSetGuid: string | null;
  mediaName: string | null;
  mediaDescription: string | null;
  mediaFamilyId: number;
  mirrorCount: number | null;
  family: { sequence: number; count: number };
  /** Where the block ends, by its own streams; null when they do not say. */
  end: number | null;
}

/** Streams of the first block: far more than the two it has. */
const MAX_STREAMS = 32;

const RAID = {
  mediaSetGuid: 0,
  familyCount: 0x14,
  mirrorCount: 0x16,
  familySequence: 0x18,
  bytes: 0x1a,
} as const;

/** Reads the `TAPE` block at the start of `bytes`. Null when it is damaged or names an impossible block size. */
export function decodeTape(bytes: Uint8Array): TapeHeader | null {
  const view = viewOf(bytes);
  if (!isBlock(view, 0, "TAPE") || bytes.length < 0x60) return null;
  const blockSize = view.getUint16(0x40, true) * 512;
  if (blockSize < 512 || blockSize > 65_536 || (blockSize & (blockSize - 1)) !== 0) return null;
  const ansi = hasAnsiTexts(view, 0);
  const tape: TapeHeader = {
    blockSize,
    mediaSetGuid: null,
    mediaName: readText(view, 0x44, 0, bytes.length, ansi),
    mediaDescription: readText(view, 0x48, 0, bytes.length, ansi),
    mediaFamilyId: view.getUint32(0x34, true),
    mirrorCount: null,
    family: { sequence: 1, count: 1 },
    end: null,
  };
  const raid = findStream(view, view.getUint16(8, true), "RAID");
  if (raid !== null && raid.at + RAID.bytes <= bytes.length) {
    tape.mediaSetGuid = readGuid(view, raid.at);
    tape.mirrorCount = view.getUint16(raid.at + RAID.mirrorCount, true);
    tape.family.count = Math.max(1, view.getUint16(raid.at + RAID.familyCount, true));
    tape.family.sequence = Math.max(1, view.getUint16(raid.at + RAID.familySequence, true));
  }
  const padding = findStream(view, view.getUint16(8, true), "SPAD");
  if (padding !== null && padding.length <= 2 * 65_536) tape.end = padding.at + padding.length;
  return tape;
}

/** Who wrote the file, where that was not SQL Server: other programs use tape format too. */
export function foreignSoftware(bytes: Uint8Array): string | null {
  const view = viewOf(bytes);
  if (bytes.length < 0x60 || !isBlock(view, 0, "TAPE")) return null;
  if (view.getUint16(0x56, true) === SQL_SERVER_VENDOR) return null;
  return readText(view, 0x50, 0, bytes.length, hasAnsiTexts(view, 0)) ?? "another program";
}

const SQL_SERVER_VENDOR = 0x1200;

/** The data of the first stream of this kind in the run of valid streams that starts at `at`. */
export function findStream(view: DataView, at: number, id: string): { at: number; length: number } | null {
  let from = at;
  for (let streams = 0; streams < MAX_STREAMS && isAnyStream(view, from); streams += 1) {
    const length = Number(view.getBigUint64(from + 8, true));
    if (!Number.isSafeInteger(length)) return null;
    if (isStream(view, from, id)) return { at: from + STREAM_HEADER_BYTES, length };
    from = Math.ceil((from + STREAM_HEADER_BYTES + length) / 4) * 4;
  }
  return null;
}

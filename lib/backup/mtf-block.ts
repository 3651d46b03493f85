import { viewOf } from "./mtf-values";

/** Length of the header that starts every block, and of the header that starts every stream. */
export const BLOCK_HEADER_BYTES = 52;
export const STREAM_HEADER_BYTES = 22;

/** Blocks of a data set begin at multiples of this from its start block. */
export const LOGICAL_BLOCK_BYTES = 1024;

const BLOCK_CHECKSUM_AT = 0x32;
const STREAM_CHECKSUM_AT = 0x14;

/** XOR of the 16-bit words of `bytes[at … at + length)`. */
function xorWords(view: DataView, at: number, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i += 2) sum ^= view.getUint16(at + i, true);
  return sum;
}

function hasId(view: DataView, at: number, id: string): boolean {
  for (let i = 0; i < 4; i += 1) if (view.getUint8(at + i) !== id.charCodeAt(i)) return false;
  return true;
}

/** Whether a block of this kind starts at `at`: its four letters and a valid header checksum. */
export function isBlock(view: DataView, at: number, id: string): boolean {
  if (at < 0 || at + BLOCK_HEADER_BYTES > view.byteLength || !hasId(view, at, id)) return false;
  return xorWords(view, at, BLOCK_CHECKSUM_AT) === view.getUint16(at + BLOCK_CHECKSUM_AT, true);
}

/** Whether the texts of the block that starts at `at` have one byte a character. */
export function hasAnsiTexts(view: DataView, at: number): boolean {
  return view.getUint8(at + 0x30) === 1;
}

/** Whether a stream of this kind starts at `at`: its four letters and a valid header checksum. */
export function isStream(view: DataView, at: number, id: string): boolean {
  if (at < 0 || at + STREAM_HEADER_BYTES > view.byteLength || !hasId(view, at, id)) return false;
  return xorWords(view, at, STREAM_CHECKSUM_AT) === view.getUint16(at + STREAM_CHECKSUM_AT, true);
}

/** Whether a stream of any kind starts at `at`. */
export function isAnyStream(view: DataView, at: number): boolean {
  if (at < 0 || at + STREAM_HEADER_BYTES > view.byteLength) return false;
  for (let i = 0; i < 4; i += 1) {
    const letter = view.getUint8(at + i);
    if (letter < 0x41 || letter > 0x5a) return false;
  }
  return xorWords(view, at, STREAM_CHECKSUM_AT) === view.getUint16(at + STREAM_CHECKSUM_AT, true);
}

/** Writes the checksum into the finished header of a block that starts at 0. */
export function sealBlock(view: DataView): void {
  view.setUint16(BLOCK_CHECKSUM_AT, xorWords(view, 0, BLOCK_CHECKSUM_AT), true);
}

export function writeId(view: DataView, at: number, id: string): void {
  for (let i = 0; i < 4; i += 1) view.setUint8(at + i, id.charCodeAt(i));
}

export function alignUp(position: number, unit: number): number {
  return Math.ceil(position / unit) * unit;
}

/** A sealed 22-byte stream header. `media` are the media attributes (2 variable, 4 last piece, 80h APAD, 100h checksummed). */
export function streamHeader(id: string, media: number, length: number): Uint8Array {
  const bytes = new Uint8Array(STREAM_HEADER_BYTES);
  const view = viewOf(bytes);
  writeId(view, 0, id);
  view.setUint16(6, media, true);
  view.setBigUint64(8, BigInt(length), true);
  view.setUint16(STREAM_CHECKSUM_AT, xorWords(view, 0, STREAM_CHECKSUM_AT), true);
  return bytes;
}

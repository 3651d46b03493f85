import { decompress } from "fzstd";
import { viewOf } from "./mtf-values";

const MAGIC = 0xfd2f_b528;
/** A chunk unpacks to 64 KiB at most, a block to 128 KiB: more blocks than this are made to keep us busy. */
const MAX_BLOCKS = 4;

/**
 * Unpacks the payload of a chunk written WITH COMPRESSION (ALGORITHM = ZSTD) by SQL Server 2025: one whole Zstandard
 * frame (RFC 8878). Null when it is none, names another size than `size` bytes, or is damaged.
 */
export function decodeZstd(payload: Uint8Array, size: number): Uint8Array | null {
  const blocks = firstBlockAt(payload, size);
  if (blocks === null || !hasFewBlocks(payload, blocks)) return null;
  try {
    return decompress(payload, new Uint8Array(size));
  } catch {
    return null;
  }
}

/** Where the first block begins; null for no frame, one that needs a dictionary, or one of another size. */
function firstBlockAt(frame: Uint8Array, size: number): number | null {
  if (frame.length < 9) return null;
  const view = viewOf(frame);
  if (view.getUint32(0, true) !== MAGIC) return null;
  const descriptor = view.getUint8(4);
  if ((descriptor & 0b1011) !== 0) return null;
  const single = (descriptor & 0x20) !== 0;
  const at = single ? 5 : 6;
  switch (descriptor >>> 6) {
    case 0:
      if (!single) return at;
      return view.getUint8(at) === size ? at + 1 : null;
    case 1:
      return view.getUint16(at, true) + 256 === size ? at + 2 : null;
    case 2:
      return at + 4 <= frame.length && view.getUint32(at, true) === size ? at + 4 : null;
    default:
      return at + 8 <= frame.length && view.getBigUint64(at, true) === BigInt(size) ? at + 8 : null;
  }
}

function hasFewBlocks(frame: Uint8Array, first: number): boolean {
  let at = first;
  for (let blocks = 0; blocks < MAX_BLOCKS; blocks += 1) {
    const header = (frame[at] ?? 0) | ((frame[at + 1] ?? 0) << 8) | ((frame[at + 2] ?? 0) << 16);
    const isRunLength = ((header >>> 1) & 3) === 1;
    at += 3 + (isRunLength ? 1 : header >>> 3);
    if (at > frame.length) return false;
    if ((header & 1) === 1) return true;
  }
  return false;
}

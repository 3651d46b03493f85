import { viewOf } from "./mtf-values";
import { decodeXpressHuffman } from "./xpress-huffman";

/**
 * The chunk container of compressed backups (`MSSQLBAK`, version 2): a header, then chunks of compressed data with raw
 * filemarks between them at block boundaries.
 */
export const CONTAINER_HEADER_BYTES = 0x1e0;
export const CONTAINER_FLAG = { compressed: 0x2, encrypted: 0x4 } as const;
export const CHUNK = { data: 0x21, padding: 0x24, index: 0x2c } as const;
export const CHUNK_HEADER_BYTES = 0x18;
export const DATA_CHUNK_HEADER_BYTES = 0x1c;
export const INDEX_HEADER_BYTES = 16;

/** XOR of the 32-bit words of the compressed bytes, the sum rotated left by one before each. */
export function chunkChecksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) {
    const word =
      (bytes[at] ?? 0) |
      ((bytes[at + 1] ?? 0) << 8) |
      ((bytes[at + 2] ?? 0) << 16) |
      ((bytes[at + 3] ?? 0) << 24);
    sum = ((sum << 1) | (sum >>> 31)) ^ word;
  }
  return sum >>> 0;
}

export interface Chunk {
  kind: "data" | "padding" | "index";
  /** Where the next chunk (or filemark) begins in the buffer. */
  next: number;
}

/** The chunk header at `at`; null when there is none or the chunk runs over the end. */
export function readChunk(bytes: Uint8Array, at: number): Chunk | null {
  if (at < 0 || at + CHUNK_HEADER_BYTES > bytes.length) return null;
  const length = (bytes[at + 2] ?? 0) | ((bytes[at + 3] ?? 0) << 8);
  switch (bytes[at]) {
    case CHUNK.data: {
      const next = at + DATA_CHUNK_HEADER_BYTES + length;
      const units = bytes[at + 1] ?? 0;
      return units >= 1 && units <= 128 && next <= bytes.length ? { kind: "data", next } : null;
    }
    case CHUNK.padding: {
      const next = at + CHUNK_HEADER_BYTES + length;
      return next <= bytes.length ? { kind: "padding", next } : null;
    }
    case CHUNK.index:
      return { kind: "index", next: bytes.length };
    default:
      return null;
  }
}

/** Decompresses the data chunk at `at` after checking its checksum. Null when it is none, cut or damaged. */
export function decodeChunk(bytes: Uint8Array, at: number): { data: Uint8Array; next: number } | null {
  const chunk = readChunk(bytes, at);
  if (chunk?.kind !== "data") return null;
  const payload = bytes.subarray(at + DATA_CHUNK_HEADER_BYTES, chunk.next);
  if (viewOf(bytes).getUint32(at + CHUNK_HEADER_BYTES, true) !== chunkChecksum(payload)) return null;
  const data = decodeXpressHuffman(payload, (bytes[at + 1] ?? 0) * 512);
  return data && { data, next: chunk.next };
}

/** Decompresses the run of data chunks from `at` on, until `enough` or the run ends. */
export function decodeRun(bytes: Uint8Array, at: number, enough: (data: Uint8Array) => boolean): Uint8Array {
  let data = new Uint8Array(0);
  let length = 0;
  let from = at;
  for (let chunks = 0; chunks < MAX_CHUNKS; chunks += 1) {
    const chunk = decodeChunk(bytes, from);
    if (chunk === null) break;
    if (length + chunk.data.length > data.length) {
      const roomier = new Uint8Array(Math.max(data.length * 2, length + chunk.data.length));
      roomier.set(data);
      data = roomier;
    }
    data.set(chunk.data, length);
    length += chunk.data.length;
    from = chunk.next;
    if (enough(data.subarray(0, length))) break;
  }
  return data.subarray(0, length);
}

/** A megabyte of configuration is more than any database has. */
const MAX_CHUNKS = 16;

/**
 * Where data chunks begin in the run that ends at `end`, nearest to the end first: a chunk's length is at its front
 * only, so every place from which the lengths lead exactly to `end` is one (a false one fails its checksum).
 */
export function chunkStartsBefore(bytes: Uint8Array, end: number): number[] {
  const leadsToEnd = new Set([end]);
  const starts: number[] = [];
  for (let at = end - CHUNK_HEADER_BYTES; at >= 0; at -= 1) {
    const chunk = readChunk(bytes, at);
    if (chunk === null || chunk.kind === "index" || !leadsToEnd.has(chunk.next)) continue;
    leadsToEnd.add(at);
    if (chunk.kind === "data") starts.push(at);
  }
  return starts;
}

/**
 * The chunk index that ends at `end` (right before a filemark): where its chunk begins, and the file position of the
 * chunk run that holds the set's last blocks with its address inside the set. Its last 16 bytes repeat its header and
 * tell how far back that is.
 */
export function readIndex(
  bytes: Uint8Array,
  end: number,
): { start: number; lastRun: { position: number; address: number } | null } | null {
  const footer = end - INDEX_HEADER_BYTES;
  if (footer < 0) return null;
  const view = viewOf(bytes);
  if (view.getUint16(footer, true) !== 1 || view.getUint16(footer + 2, true) !== 1) return null;
  const count = view.getUint32(footer + 4, true);
  const header = end - view.getUint32(footer + 8, true);
  const start = header - CHUNK_HEADER_BYTES;
  if (start < 0 || bytes[start] !== CHUNK.index) return null;
  const last = header + INDEX_HEADER_BYTES + (count - 1) * 16;
  if (count === 0 || last + 16 > footer) return { start, lastRun: null };
  const address = Number(view.getBigUint64(last, true));
  const position = Number(view.getBigUint64(last + 8, true));
  return { start, lastRun: { position, address } };
}

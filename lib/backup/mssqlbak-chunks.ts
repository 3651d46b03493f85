import { viewOf } from "./mtf-values";
import { decodeXpressHuffman } from "./xpress-huffman";
import { decodeZstd } from "./zstd";

/**
 * The chunk container of compressed backups (`MSSQLBAK`): a header, then chunks of compressed data with raw filemarks
 * between them at block boundaries. Version 1 is written by SQL Server 2008 to 2012, version 2 by all later ones; they
 * differ in the heads of chunks only. Both were measured on real files: every chunk's checksum holds, every walk ends
 * at the last byte.
 */
export interface ChunkLayout {
  version: 1 | 2;
  /** Where the chunk with the first block of the file begins. */
  firstChunkAt: number;
  /** First byte of a chunk's head. */
  data: number;
  padding: number;
  index: number;
  /** Length of the head of padding and index chunks, and of data chunks (their checksum included). */
  headBytes: number;
  dataHeadBytes: number;
  /** Where a data chunk's checksum stands in its head. */
  checksumAt: number;
}

export const CHUNK_LAYOUTS: Readonly<Record<1 | 2, ChunkLayout>> = {
  1: {
    version: 1,
    firstChunkAt: 0x10,
    ...{ data: 0x81, padding: 0x84, index: 0x8c },
    ...{ headBytes: 4, dataHeadBytes: 8, checksumAt: 4 },
  },
  2: {
    version: 2,
    firstChunkAt: 0x1e0,
    ...{ data: 0x21, padding: 0x24, index: 0x2c },
    ...{ headBytes: 0x18, dataHeadBytes: 0x1c, checksumAt: 0x18 },
  },
};

export const CONTAINER_FLAG = { compressed: 0x2, encrypted: 0x4, zstd: 0x80 } as const;
export const INDEX_HEADER_BYTES = 16;

/** How a file's chunks are laid out and what unpacks them. */
export interface ChunkFormat {
  layout: ChunkLayout;
  /** Unpacks one chunk to exactly `size` bytes; null when the payload is not of this algorithm. */
  decompress: (payload: Uint8Array, size: number) => Uint8Array | null;
}

/** The format that a container's header tells; null for a version that no SQL Server up to 2025 writes. */
export function chunkFormatOf(version: number, flags: number): ChunkFormat | null {
  if (version !== 1 && version !== 2) return null;
  const layout = CHUNK_LAYOUTS[version];
  return { layout, decompress: (flags & CONTAINER_FLAG.zstd) !== 0 ? decodeZstd : decodeXpressHuffman };
}

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
export function readChunk(bytes: Uint8Array, at: number, layout: ChunkLayout): Chunk | null {
  if (at < 0 || at + layout.headBytes > bytes.length) return null;
  const length = (bytes[at + 2] ?? 0) | ((bytes[at + 3] ?? 0) << 8);
  switch (bytes[at]) {
    case layout.data: {
      const next = at + layout.dataHeadBytes + length;
      const units = bytes[at + 1] ?? 0;
      return units >= 1 && units <= 128 && next <= bytes.length ? { kind: "data", next } : null;
    }
    case layout.padding: {
      const next = at + layout.headBytes + length;
      return next <= bytes.length ? { kind: "padding", next } : null;
    }
    case layout.index:
      return { kind: "index", next: bytes.length };
    default:
      return null;
  }
}

/** Decompresses the data chunk at `at` after checking its checksum. Null when it is none, cut or damaged. */
export function decodeChunk(
  bytes: Uint8Array,
  at: number,
  format: ChunkFormat,
): { data: Uint8Array; next: number } | null {
  const sound = soundChunk(bytes, at, format.layout);
  const data = sound && format.decompress(sound.payload, (bytes[at + 1] ?? 0) * 512);
  return data && { data, next: sound.next };
}

/** Whether a data chunk stands here whose bytes are as they were written, whatever algorithm packed them. */
export function isSoundChunk(bytes: Uint8Array, at: number, layout: ChunkLayout): boolean {
  return soundChunk(bytes, at, layout) !== null;
}

function soundChunk(
  bytes: Uint8Array,
  at: number,
  layout: ChunkLayout,
): { payload: Uint8Array; next: number } | null {
  const chunk = readChunk(bytes, at, layout);
  if (chunk?.kind !== "data") return null;
  const payload = bytes.subarray(at + layout.dataHeadBytes, chunk.next);
  const sum = viewOf(bytes).getUint32(at + layout.checksumAt, true);
  return payload.length > 0 && sum === chunkChecksum(payload) ? { payload, next: chunk.next } : null;
}

/** Decompresses the run of data chunks from `at` on, until `enough` or the run ends. */
export function decodeRun(
  bytes: Uint8Array,
  at: number,
  format: ChunkFormat,
  enough: (data: Uint8Array) => boolean,
): Uint8Array {
  let data = new Uint8Array(0);
  let length = 0;
  let from = at;
  for (let chunks = 0; chunks < MAX_CHUNKS; chunks += 1) {
    const chunk = decodeChunk(bytes, from, format);
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
export function chunkStartsBefore(bytes: Uint8Array, end: number, layout: ChunkLayout): number[] {
  const leadsToEnd = new Set([end]);
  const starts: number[] = [];
  for (let at = end - layout.headBytes; at >= 0; at -= 1) {
    const chunk = readChunk(bytes, at, layout);
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
  layout: ChunkLayout,
): { start: number; lastRun: { position: number; address: number } | null } | null {
  const footer = end - INDEX_HEADER_BYTES;
  if (footer < 0) return null;
  const view = viewOf(bytes);
  if (view.getUint16(footer, true) !== 1 || view.getUint16(footer + 2, true) !== 1) return null;
  const count = view.getUint32(footer + 4, true);
  const header = end - view.getUint32(footer + 8, true);
  const start = header - layout.headBytes;
  if (start < 0 || bytes[start] !== layout.index) return null;
  const last = header + INDEX_HEADER_BYTES + (count - 1) * 16;
  if (count === 0 || last + 16 > footer) return { start, lastRun: null };
  const address = Number(view.getBigUint64(last, true));
  const position = Number(view.getBigUint64(last + 8, true));
  return { start, lastRun: { position, address } };
}

import {
  CHUNK_LAYOUTS,
  type ChunkLayout,
  CONTAINER_FLAG,
  chunkChecksum,
  INDEX_HEADER_BYTES,
} from "@/lib/backup/mssqlbak-chunks";
import { alignUp, writeId } from "@/lib/backup/mtf-block";
import { viewOf } from "@/lib/backup/mtf-values";
import { type Segment, segmentBytes, segmentLength } from "./region-builder";
import { compressibleFiller, encodeXpressHuffman } from "./write-xpress-huffman";
import { encodeZstd } from "./write-zstd";

/** One chunk never grows over what its 16-bit length can tell: so much uncompressed data at most, if it is metadata. */
const METADATA_CHUNK_BYTES = 0x7000;
const FILLER_CHUNK_BYTES = 65_536;

/** How a file's chunks are written. */
export interface ContainerKind {
  layout: ChunkLayout;
  compressed: boolean;
  encrypted: boolean;
  algorithm: "xpress" | "zstd";
  /** The version that the header claims: the layout's own, or one that is not known outside. */
  version: number;
}

/** Made up: as a release after 2025 might write. What follows it is laid out as in version 2. */
export const NEW_CONTAINER_VERSION = 3;

/** Products before 12 (SQL Server 2014) write version 1, which has no bit for compression and knows no encryption. */
export function containerKind(of: {
  softwareVersion: string | null | undefined;
  compressed: boolean;
  encrypted: boolean;
  algorithm: "xpress" | "zstd";
  isNew: boolean;
}): ContainerKind {
  const { compressed, encrypted, algorithm, isNew } = of;
  const isOld = !isNew && !encrypted && Number.parseInt(of.softwareVersion ?? "", 10) < 12;
  const layout = CHUNK_LAYOUTS[isOld ? 1 : 2];
  return {
    layout,
    compressed,
    encrypted,
    algorithm,
    version: isNew ? NEW_CONTAINER_VERSION : layout.version,
  };
}

/** The start of a compressed backup file: what the chunks follow. */
export function containerHeader(kind: ContainerKind): Uint8Array {
  const { layout, compressed, encrypted, algorithm, version } = kind;
  const bytes = new Uint8Array(layout.firstChunkAt);
  const view = viewOf(bytes);
  const flags =
    layout.version === 1
      ? 1
      : 1 |
        (compressed ? CONTAINER_FLAG.compressed : 0) |
        (encrypted ? CONTAINER_FLAG.encrypted : 0) |
        (algorithm === "zstd" ? CONTAINER_FLAG.zstd : 0);
  writeId(view, 0, "MSSQ");
  writeId(view, 4, "LBAK");
  view.setUint32(8, version, true);
  view.setUint32(12, flags, true);
  return bytes;
}

/**
 * A run of blocks as chunks, from file position `position` to the physical block boundary where a filemark follows.
 * Filler is replaced by filler that shrinks. `indexed`: the run is a data set, so an index of its chunks ends it.
 * `encrypted`: what the chunks hold is noise of the same length.
 */
export function packRegion(
  segments: readonly Segment[],
  position: number,
  options: { blockSize: number; indexed: boolean; kind: ContainerKind; noise: Uint8Array },
): Segment[] {
  const { blockSize, indexed, kind, noise } = options;
  const { layout } = kind;
  const dataChunk = (data: Uint8Array): Uint8Array =>
    kind.encrypted ? sealChunk(encodeChunk(data, kind), noise, layout) : encodeChunk(data, kind);
  // ZSTD is only written as stored blocks and runs: filler that is one long run stays within a chunk.
  const filler = kind.algorithm === "zstd" ? new Uint8Array(FILLER_CHUNK_BYTES) : compressibleFiller(noise);
  const packed: Segment[] = [];
  const entries: { address: number; position: number }[] = [];
  let held: Uint8Array[] = [];
  let address = 0;
  let at = position;
  const push = (segment: Segment): void => {
    packed.push(segment);
    at += segmentLength(segment);
  };
  const flush = (): void => {
    const bytes = join(held);
    held = [];
    for (let from = 0; from < bytes.length; from += METADATA_CHUNK_BYTES) {
      const part = bytes.subarray(from, from + METADATA_CHUNK_BYTES);
      push(dataChunk(part));
      address += part.length;
    }
  };
  for (const segment of segments) {
    if (segment instanceof Uint8Array) {
      held.push(segment);
      continue;
    }
    const length = segmentLength(segment);
    const times = Math.floor(length / FILLER_CHUNK_BYTES);
    // As in real files, the blocks before the data have a chunk of their own.
    flush();
    if (times > 0) {
      push({ repeat: dataChunk(filler), times });
      address += times * FILLER_CHUNK_BYTES;
      entries.push({ address, position: at });
    }
    held.push(filler.subarray(0, length - times * FILLER_CHUNK_BYTES));
  }
  if (entries.length === 0) entries.push({ address: 0, position: at });
  flush();
  push(indexed ? chunkIndex(entries, at, blockSize, layout) : padding(at, blockSize, layout));
  return packed;
}

function encodeChunk(data: Uint8Array, { layout, algorithm }: ContainerKind): Uint8Array {
  const payload = algorithm === "zstd" ? encodeZstd(data) : encodeXpressHuffman(data);
  const bytes = new Uint8Array(layout.dataHeadBytes + payload.length);
  const view = viewOf(bytes);
  view.setUint8(0, layout.data);
  view.setUint8(1, data.length / 512);
  view.setUint16(2, payload.length, true);
  view.setUint32(layout.checksumAt, chunkChecksum(payload), true);
  bytes.set(payload, layout.dataHeadBytes);
  return bytes;
}

/** The chunk as one without the key sees it: payload and checksum of noise, with the cipher's length. */
function sealChunk(chunk: Uint8Array, noise: Uint8Array, layout: ChunkLayout): Uint8Array {
  const view = viewOf(chunk);
  const length = chunk.length - layout.dataHeadBytes;
  chunk.set(noise.subarray(0, 16), 4);
  view.setUint32(0x14, length, true);
  chunk.set(noise.subarray(0, length), layout.dataHeadBytes);
  view.setUint32(layout.checksumAt, chunkChecksum(chunk.subarray(layout.dataHeadBytes)), true);
  return chunk;
}

function padding(at: number, blockSize: number, layout: ChunkLayout): Uint8Array {
  const end = alignUp(at + layout.headBytes, blockSize);
  const bytes = new Uint8Array(end - at);
  const view = viewOf(bytes);
  view.setUint8(0, layout.padding);
  view.setUint16(2, bytes.length - layout.headBytes, true);
  return bytes;
}

function chunkIndex(
  entries: { address: number; position: number }[],
  at: number,
  blockSize: number,
  layout: ChunkLayout,
): Uint8Array {
  const { headBytes } = layout;
  const listed = INDEX_HEADER_BYTES + entries.length * 16;
  const end = alignUp(at + headBytes + listed + INDEX_HEADER_BYTES, blockSize);
  const bytes = new Uint8Array(end - at);
  const view = viewOf(bytes);
  view.setUint8(0, layout.index);
  const list = headBytes + INDEX_HEADER_BYTES;
  entries.forEach((entry, i) => {
    view.setBigUint64(list + i * 16, BigInt(entry.address), true);
    view.setBigUint64(list + i * 16 + 8, BigInt(entry.position), true);
  });
  const checksum = chunkChecksum(bytes.subarray(list, list + entries.length * 16));
  for (const header of [headBytes, bytes.length - INDEX_HEADER_BYTES]) {
    view.setUint16(header, 1, true);
    view.setUint16(header + 2, 1, true);
    view.setUint32(header + 4, entries.length, true);
    view.setUint32(header + 8, bytes.length - headBytes, true);
    view.setUint32(header + 12, checksum, true);
  }
  return bytes;
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(segmentBytes(parts));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

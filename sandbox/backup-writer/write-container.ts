import {
  CHUNK,
  CHUNK_HEADER_BYTES,
  CONTAINER_FLAG,
  CONTAINER_HEADER_BYTES,
  chunkChecksum,
  DATA_CHUNK_HEADER_BYTES,
  INDEX_HEADER_BYTES,
} from "@/lib/backup/mssqlbak-chunks";
import { alignUp, writeId } from "@/lib/backup/mtf-block";
import { viewOf } from "@/lib/backup/mtf-values";
import { type Segment, segmentBytes, segmentLength } from "./region-builder";
import { compressibleFiller, encodeXpressHuffman } from "./write-xpress-huffman";

/** One chunk never grows over what its 16-bit length can tell: so much uncompressed data at most, if it is metadata. */
const METADATA_CHUNK_BYTES = 0x7000;
const FILLER_CHUNK_BYTES = 65_536;

/** The start of a compressed backup file: what the chunks follow. */
export function containerHeader(of: { compressed: boolean; encrypted: boolean }): Uint8Array {
  const bytes = new Uint8Array(CONTAINER_HEADER_BYTES);
  const view = viewOf(bytes);
  const flags =
    1 | (of.compressed ? CONTAINER_FLAG.compressed : 0) | (of.encrypted ? CONTAINER_FLAG.encrypted : 0);
  writeId(view, 0, "MSSQ");
  writeId(view, 4, "LBAK");
  view.setUint32(8, 2, true);
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
  options: { blockSize: number; indexed: boolean; encrypted: boolean; noise: Uint8Array },
): Segment[] {
  const { blockSize, indexed, noise } = options;
  const dataChunk = (data: Uint8Array): Uint8Array =>
    options.encrypted ? sealChunk(encodeChunk(data), noise) : encodeChunk(data);
  const filler = compressibleFiller(noise);
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
  push(indexed ? chunkIndex(entries, at, blockSize) : padding(at, blockSize));
  return packed;
}

function encodeChunk(data: Uint8Array): Uint8Array {
  const payload = encodeXpressHuffman(data);
  const bytes = new Uint8Array(DATA_CHUNK_HEADER_BYTES + payload.length);
  const view = viewOf(bytes);
  view.setUint8(0, CHUNK.data);
  view.setUint8(1, data.length / 512);
  view.setUint16(2, payload.length, true);
  view.setUint32(CHUNK_HEADER_BYTES, chunkChecksum(payload), true);
  bytes.set(payload, DATA_CHUNK_HEADER_BYTES);
  return bytes;
}

/** The chunk as one without the key sees it: payload and checksum of noise, with the cipher's length. */
function sealChunk(chunk: Uint8Array, noise: Uint8Array): Uint8Array {
  const view = viewOf(chunk);
  const length = chunk.length - DATA_CHUNK_HEADER_BYTES;
  chunk.set(noise.subarray(0, 16), 4);
  view.setUint32(0x14, length, true);
  chunk.set(noise.subarray(0, length), DATA_CHUNK_HEADER_BYTES);
  view.setUint32(CHUNK_HEADER_BYTES, chunkChecksum(chunk.subarray(DATA_CHUNK_HEADER_BYTES)), true);
  return chunk;
}

function padding(at: number, blockSize: number): Uint8Array {
  const end = alignUp(at + CHUNK_HEADER_BYTES, blockSize);
  const bytes = new Uint8Array(end - at);
  const view = viewOf(bytes);
  view.setUint8(0, CHUNK.padding);
  view.setUint16(2, bytes.length - CHUNK_HEADER_BYTES, true);
  return bytes;
}

function chunkIndex(
  entries: { address: number; position: number }[],
  at: number,
  blockSize: number,
): Uint8Array {
  const listed = INDEX_HEADER_BYTES + entries.length * 16;
  const end = alignUp(at + CHUNK_HEADER_BYTES + listed + INDEX_HEADER_BYTES, blockSize);
  const bytes = new Uint8Array(end - at);
  const view = viewOf(bytes);
  view.setUint8(0, CHUNK.index);
  const list = CHUNK_HEADER_BYTES + INDEX_HEADER_BYTES;
  entries.forEach((entry, i) => {
    view.setBigUint64(list + i * 16, BigInt(entry.address), true);
    view.setBigUint64(list + i * 16 + 8, BigInt(entry.position), true);
  });
  const checksum = chunkChecksum(bytes.subarray(list, list + entries.length * 16));
  for (const header of [CHUNK_HEADER_BYTES, bytes.length - INDEX_HEADER_BYTES]) {
    view.setUint16(header, 1, true);
    view.setUint16(header + 2, 1, true);
    view.setUint32(header + 4, entries.length, true);
    view.setUint32(header + 8, bytes.length - CHUNK_HEADER_BYTES, true);
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

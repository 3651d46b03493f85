import {
  CHUNK_LAYOUTS,
  type ChunkFormat,
  type ChunkLayout,
  chunkChecksum,
  decodeChunk,
} from "@/lib/backup/mssqlbak-chunks";
import { isAnyStream, isBlock, sealBlock } from "@/lib/backup/mtf-block";
import { viewOf } from "@/lib/backup/mtf-values";
import { decodeXpressHuffman } from "@/lib/backup/xpress-huffman";
import { encodeXpressHuffman } from "@/sandbox/backup-writer/write-xpress-huffman";

const BLOCKS = ["TAPE", "SFMB", "SSET", "VOLB", "MSCI", "MSLS", "ESET"];
const RECORDS = ["SCIN", "SFGI", "SFIN"];

/** Something in a file that a mutation can aim at, by where it begins in the bytes. */
export interface Place {
  kind: "block" | "filemark" | "stream" | "record" | "chunk";
  at: number;
}

/** Chunks of XPRESS Huffman; the first byte of a head tells the version of its container. */
const FORMATS: readonly ChunkFormat[] = Object.values(CHUNK_LAYOUTS).map((layout) => ({
  layout,
  decompress: decodeXpressHuffman,
}));

function formatAt(bytes: Uint8Array, at: number): ChunkFormat | undefined {
  return FORMATS.find(({ layout }) => layout.data === bytes[at]);
}

/** Finds blocks, streams, records and (in a container) chunks in bytes that begin on a sector. */
export function findPlaces(bytes: Uint8Array, isContainer = false): Place[] {
  const view = viewOf(bytes);
  const places: Place[] = [];
  for (let at = 0; at + 64 < bytes.length; at += 4) {
    const first = bytes[at] ?? 0;
    if (first < 0x41 || first > 0x5a) continue;
    const id = at % 512 === 0 ? BLOCKS.find((known) => isBlock(view, at, known)) : undefined;
    if (id) places.push({ kind: id === "SFMB" ? "filemark" : "block", at });
    if (isAnyStream(view, at)) places.push({ kind: "stream", at });
  }
  // Records stand on any byte, and chunks too, one behind the other.
  for (let at = bytes.indexOf(0x53); at >= 0 && at + 64 < bytes.length; at = bytes.indexOf(0x53, at + 1)) {
    if (RECORDS.includes(String.fromCharCode(...bytes.subarray(at, at + 4))))
      places.push({ kind: "record", at });
  }
  for (let at = 0; at >= 0 && isContainer; ) {
    const format = formatAt(bytes, at);
    const chunk = format ? decodeChunk(bytes, at, format) : null;
    if (chunk) places.push({ kind: "chunk", at });
    at = chunk?.next ?? nextHead(bytes, at + 1);
  }
  return places;
}

function nextHead(bytes: Uint8Array, from: number): number {
  const places = FORMATS.map(({ layout }) => bytes.indexOf(layout.data, from)).filter((at) => at >= 0);
  return places.length === 0 ? -1 : Math.min(...places);
}

/** Makes the checksums of the given places right again, so that what is wrong in them is believed. */
export function mendChecksums(bytes: Uint8Array, places: readonly Place[]): void {
  for (const { kind, at } of places) {
    if (at + 64 > bytes.length) continue;
    if (kind === "block" || kind === "filemark") sealBlock(viewOf(bytes.subarray(at)));
    if (kind === "stream") sealStream(bytes, at);
    const layout = kind === "chunk" ? formatAt(bytes, at)?.layout : undefined;
    if (layout) sealChunk(bytes, at, layout);
  }
}

function sealStream(bytes: Uint8Array, at: number): void {
  const view = viewOf(bytes);
  let sum = 0;
  for (let i = 0; i < 20; i += 2) sum ^= view.getUint16(at + i, true);
  view.setUint16(at + 20, sum, true);
}

function sealChunk(bytes: Uint8Array, at: number, layout: ChunkLayout): void {
  const view = viewOf(bytes);
  const from = at + layout.dataHeadBytes;
  const length = view.getUint16(at + 2, true);
  view.setUint32(at + layout.checksumAt, chunkChecksum(bytes.subarray(from, from + length)), true);
}

/**
 * Mutates what a chunk holds rather than its bytes: decompressed, changed, compressed again into the room there was. When
 * it got too long for that, the chunk is left as it was.
 */
export function changeInsideChunk(bytes: Uint8Array, at: number, change: (data: Uint8Array) => void): void {
  const format = formatAt(bytes, at);
  const chunk = format ? decodeChunk(bytes, at, format) : null;
  if (!format || chunk === null) return;
  change(chunk.data);
  const payload = encodeXpressHuffman(chunk.data);
  const from = at + format.layout.dataHeadBytes;
  if (from + payload.length > chunk.next) return;
  bytes.set(payload, from);
  bytes.fill(0, from + payload.length, chunk.next);
  sealChunk(bytes, at, format.layout);
}

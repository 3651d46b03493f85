import {
  alignUp,
  BLOCK_HEADER_BYTES,
  LOGICAL_BLOCK_BYTES,
  STREAM_HEADER_BYTES,
  sealBlock,
  streamHeader,
  writeId,
} from "@/lib/backup/mtf-block";
import { viewOf } from "@/lib/backup/mtf-values";

/** A piece of a file to be: known bytes, so many bytes of data that only need to be there, or known bytes repeated. */
export type Segment = Uint8Array | { filler: number } | { repeat: Uint8Array; times: number };

export function segmentBytes(segments: readonly Segment[]): number {
  return segments.reduce((sum, segment) => sum + segmentLength(segment), 0);
}

export function segmentLength(segment: Segment): number {
  if (segment instanceof Uint8Array) return segment.length;
  return "filler" in segment ? segment.filler : segment.repeat.length * segment.times;
}

export interface BlockOptions {
  id: string;
  /** Where the first stream begins, from the start of the block: header, fields and texts end before it. */
  headBytes: number;
  attributes?: number;
  /** SSET, VOLB and the other blocks of a data set are numbered and addressed inside it. */
  control?: number;
  /** Size and offset of the OS-specific data. */
  osData?: { size: number; offset: number };
  unicode?: boolean;
  fields(view: DataView, bytes: Uint8Array): void;
}

/**
 * Builds one run of blocks between two filemarks (tape start, one data set, or its end). It begins on a physical block
 * boundary; positions are counted from there.
 */
export class RegionBuilder {
  readonly segments: Segment[] = [];
  length = 0;

  constructor(private readonly blockSize: number) {}

  /** Appends the header of a block; its streams follow, the last of them by `endBlock`. */
  block(options: BlockOptions): void {
    const bytes = new Uint8Array(options.headBytes);
    const view = viewOf(bytes);
    writeId(view, 0, options.id);
    view.setUint32(4, options.attributes ?? 0, true);
    view.setUint16(8, options.headBytes, true);
    view.setUint8(0x0a, 0x0e);
    view.setUint8(0x0b, 1);
    if (options.control !== undefined) {
      view.setBigUint64(0x14, BigInt(Math.floor(this.length / LOGICAL_BLOCK_BYTES)), true);
      view.setUint32(0x24, options.control, true);
    }
    if (options.osData) {
      view.setUint16(0x2c, options.osData.size, true);
      view.setUint16(0x2e, options.osData.offset, true);
    }
    if (options.unicode ?? true) view.setUint8(0x30, 2);
    options.fields(view, bytes);
    sealBlock(view);
    this.push(bytes);
  }

  /** Appends one stream, aligned as streams are. */
  stream(id: string, media: number, data: Segment): void {
    this.pad(alignUp(this.length, 4) - this.length);
    this.push(streamHeader(id, media, segmentLength(data)));
    this.push(data);
  }

  /** Appends a data stream whose payload begins on a physical block boundary, as SQL Server's pages and log do. */
  alignedStream(id: string, media: number, payload: number): void {
    const headerAt = (from: number): number => alignUp(from + 24, this.blockSize) - 24;
    const padAt = alignUp(this.length, 4);
    const padding = headerAt(padAt + STREAM_HEADER_BYTES) - padAt - STREAM_HEADER_BYTES;
    this.stream("APAD", 0x80, new Uint8Array(padding));
    this.push(streamHeader(id, media, payload + 2));
    this.pad(2);
    this.push({ filler: payload });
  }

  /** Closes the block with an SPAD up to the next multiple of `unit`. */
  endBlock(unit = LOGICAL_BLOCK_BYTES): void {
    const at = alignUp(this.length, 4);
    const end = alignUp(at + STREAM_HEADER_BYTES, unit);
    this.stream("SPAD", 0, new Uint8Array(end - at - STREAM_HEADER_BYTES));
  }

  private pad(bytes: number): void {
    if (bytes > 0) this.push(new Uint8Array(bytes));
  }

  private push(segment: Segment): void {
    const length = segmentLength(segment);
    if (length === 0) return;
    this.segments.push(segment);
    this.length += length;
  }
}

/**
 * A soft filemark: one physical block that lists the positions of the filemarks before it, newest first, as far as
 * there is room. `afterIndex`: a chunk index lies right before it (compressed files).
 */
export function softFilemark(blockSize: number, earlier: readonly number[], afterIndex = false): Uint8Array {
  const listAt = 0x48;
  const bytes = new Uint8Array(blockSize);
  const view = viewOf(bytes);
  writeId(view, 0, "SFMB");
  view.setUint32(4, (0x8000_0000 | (afterIndex ? 0x4_0000 : 0)) >>> 0, true);
  view.setUint16(8, blockSize & 0xffff, true);
  view.setUint8(0x0a, 0x0e);
  view.setUint8(0x0b, 1);
  const capacity = Math.floor((blockSize - listAt) / 8);
  view.setUint32(BLOCK_HEADER_BYTES, capacity, true);
  view.setUint32(0x38, earlier.length, true);
  view.setUint32(0x3c, listAt, true);
  earlier
    .toReversed()
    .slice(0, capacity)
    .forEach((position, i) => {
      view.setBigUint64(listAt + i * 8, BigInt(position), true);
    });
  sealBlock(view);
  return bytes;
}

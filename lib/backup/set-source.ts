import type { ByteWindow } from "./byte-window";
import { type Configuration, decodeConfiguration } from "./decode-configuration";
import { decodeClosing, decodeOpening, type SetOpening } from "./decode-set";
import { type ChunkFormat, chunkStartsBefore, decodeChunk, decodeRun, readIndex } from "./mssqlbak-chunks";
import { alignUp, BLOCK_HEADER_BYTES, LOGICAL_BLOCK_BYTES, STREAM_HEADER_BYTES } from "./mtf-block";

export interface OpenedSet {
  opening: SetOpening;
  configuration: Configuration;
}

/** How the blocks of a set are got at: they are the same in both containers. */
export interface SetSource {
  /** The blocks before the data of the set that begins at file position `start`. */
  opening(start: number): Promise<OpenedSet | null>;
  /** The final configuration of the set that begins at `start` and whose blocks end (with a filemark) at `end`. */
  closing(start: number, end: number, opening: SetOpening): Promise<Configuration | null>;
  /** How many bytes before the end of a set, and from the start of one, hold what is asked for in most files. */
  reach(opening: SetOpening): { before: number; after: number };
}

/** A set's first blocks with the configuration of a dozen files. */
const OPENING_BYTES = 32_768;

/** The same with a few files; where that is too little, it is read again. */
const SHORT_OPENING_BYTES = 12_288;

/** What is kept of a file anyway may hold the configuration of many more. */
const LONG_OPENING_BYTES = 163_840;

/** From a set's first block to its configuration, with room for long names. */
const BEFORE_CONFIGURATION_BYTES = 4_096;

/** Far more than any database's files take to list. */
const MAX_CONFIGURATION_BYTES = 1_000_000;

/** Enough for the set's own record, whatever follows it. */
const RECORD_BYTES = 16_384;

/** How much longer than the opening configuration the closing one may be: files were added in between. */
const GROWTH_BYTES = 65_536;

export function plainSource(window: ByteWindow, blockSize: number): SetSource {
  const unit = Math.max(LOGICAL_BLOCK_BYTES, blockSize);
  // A closing block ends on `unit`, so it begins up to that much earlier than its length tells.
  const closingBytes = ({ configuration }: SetOpening): number => {
    const stream = alignUp(BLOCK_HEADER_BYTES + 4 + STREAM_HEADER_BYTES + configuration.length, 4);
    return alignUp(stream + STREAM_HEADER_BYTES, LOGICAL_BLOCK_BYTES) + unit;
  };
  return {
    opening: (start) =>
      openAt(window, start, (bytes) => {
        const opening = decodeOpening(bytes);
        if (!opening) return null;
        // Cut where there are very many files: they are listed again at the end, and the set's own record comes first.
        const { at, length } = opening.configuration;
        const configuration = decodeConfiguration(bytes.subarray(at, at + length));
        return configuration && { opening, configuration };
      }),
    async closing(start, end, opening) {
      const length = closingBytes(opening);
      const held = decodeClosing(window.heldBefore(end, Math.max(start, end - length - GROWTH_BYTES)));
      if (held) return held;
      for (const wanted of [length + GROWTH_BYTES, length, unit + RECORD_BYTES]) {
        const from = Math.max(start, end - wanted);
        const bytes = await window.get(from, end - from);
        if (bytes && bytes.length === end - from) return decodeClosing(bytes);
      }
      return null;
    },
    reach: (opening) => ({
      before: closingBytes(opening),
      after: Math.max(SHORT_OPENING_BYTES, BEFORE_CONFIGURATION_BYTES + opening.configuration.length),
    }),
  };
}

export function compressedSource(window: ByteWindow, blockSize: number, format: ChunkFormat): SetSource {
  // The index between the last chunk and the end of a set is filled up to a physical block.
  const before = OPENING_BYTES + blockSize;
  return {
    opening: (start) => openAt(window, start, (bytes) => decodeChunkedOpening(bytes, format)),
    async closing(start, end) {
      const from = Math.max(start, end - before);
      const bytes = await window.get(from, end - from);
      if (!bytes || bytes.length < end - from) return null;
      const index = readIndex(bytes, bytes.length, format.layout);
      const run = index?.lastRun?.position ?? -1;
      const decode = (chunks: Uint8Array): Configuration | null =>
        decodeClosing(decodeRun(chunks, 0, format, () => false));
      if (run >= from && run < end) {
        const found = decode(bytes.subarray(run - from));
        if (found) return found;
      }
      const found = closingFromEnd(bytes, index?.start ?? bytes.length, format);
      if (found || run < start || run >= from) return found;
      // Where there are very many files the run is longer than what was read.
      const whole = await window.get(run, end - run);
      return whole && decode(whole);
    },
    reach: () => ({ before, after: SHORT_OPENING_BYTES }),
  };
}

/** The same inside chunks: decompresses as many as the configuration fills. */
function decodeChunkedOpening(bytes: Uint8Array, format: ChunkFormat): OpenedSet | null {
  // Without a set's first blocks in the first chunk, or with an endless configuration, more chunks are of no use.
  const enough = (data: Uint8Array): boolean => {
    const found = decodeOpening(data);
    if (found === null) return data.length >= BEFORE_CONFIGURATION_BYTES;
    const { at, length } = found.configuration;
    return at + length <= data.length || length > MAX_CONFIGURATION_BYTES;
  };
  const data = decodeRun(bytes, 0, format, enough);
  const opening = decodeOpening(data);
  if (!opening) return null;
  const { at, length } = opening.configuration;
  const configuration = decodeConfiguration(data.subarray(at, at + length));
  return configuration && { opening, configuration };
}

/** Decodes the start of a set from what is kept already, or else from as much as that takes. */
async function openAt(
  window: ByteWindow,
  start: number,
  decode: (bytes: Uint8Array) => OpenedSet | null,
): Promise<OpenedSet | null> {
  const held = window.heldFrom(start, LONG_OPENING_BYTES);
  const opened = decode(held);
  if (opened || held.length >= OPENING_BYTES) return opened;
  const bytes = await window.get(start, OPENING_BYTES);
  return bytes && decode(bytes);
}

/** Decompresses chunk by chunk from the end until the closing configuration is whole. */
function closingFromEnd(bytes: Uint8Array, end: number, format: ChunkFormat): Configuration | null {
  let data = new Uint8Array(0);
  let decoded = end;
  for (const start of chunkStartsBefore(bytes, end, format.layout).slice(0, MAX_STARTS)) {
    const chunk = decodeChunk(bytes, start, format);
    if (chunk === null || (data.length > 0 && chunk.next !== decoded)) continue;
    const joined = new Uint8Array(chunk.data.length + data.length);
    joined.set(chunk.data);
    joined.set(data, chunk.data.length);
    data = joined;
    decoded = start;
    const found = decodeClosing(data);
    if (found) return found;
  }
  return null;
}

/** The configuration is in one of the last chunks; more places than this are noise. */
const MAX_STARTS = 8;

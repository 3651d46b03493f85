import type { ByteWindow } from "./byte-window";
import { type Configuration, decodeConfiguration } from "./decode-configuration";
import { decodeClosing, decodeOpening, type SetOpening } from "./decode-set";
import { chunkStartsBefore, decodeChunk, decodeRun, readIndex } from "./mssqlbak-chunks";
import { alignUp, LOGICAL_BLOCK_BYTES } from "./mtf-block";

/** How the blocks of a set are got at: they are the same in both containers. */
export interface SetSource {
  /** The blocks before the data of the set that begins at file position `start`. */
  opening(start: number): Promise<{ opening: SetOpening; configuration: Configuration } | null>;
  /** The final configuration of the set whose blocks end (with a filemark) at file position `end`. */
  closing(end: number, opening: SetOpening): Promise<Configuration | null>;
}

/** A set's first blocks with the configuration of a dozen files. */
const OPENING_BYTES = 32_768;

/** Enough for the set's own record, whatever follows it. */
const RECORD_BYTES = 16_384;

export function plainSource(window: ByteWindow, blockSize: number): SetSource {
  const unit = Math.max(LOGICAL_BLOCK_BYTES, blockSize);
  return {
    async opening(start) {
      const bytes = await window.get(start, OPENING_BYTES);
      const opening = bytes && decodeOpening(bytes);
      if (!bytes || !opening) return null;
      // Cut where there are very many files: they are listed again at the end, and the set's own record comes first.
      const { at, length } = opening.configuration;
      const configuration = decodeConfiguration(bytes.subarray(at, at + length));
      return configuration && { opening, configuration };
    },
    async closing(end, opening) {
      // Its configuration is as long as the opening one; the block ends on `unit`, so it begins up to that much earlier.
      const { length } = opening.configuration;
      const blockBytes = alignUp(alignUp(0x38 + 22 + length, 4) + 22, LOGICAL_BLOCK_BYTES) + unit;
      const from = Math.max(0, end - blockBytes);
      const bytes =
        (await window.get(from, end - from)) ??
        (await window.get(from, Math.min(unit + RECORD_BYTES, end - from)));
      return bytes && decodeClosing(bytes);
    },
  };
}

export function compressedSource(window: ByteWindow, blockSize: number): SetSource {
  return {
    async opening(start) {
      const bytes = await window.get(start, OPENING_BYTES);
      if (!bytes) return null;
      const whole = (data: Uint8Array): boolean => {
        const found = decodeOpening(data);
        return found !== null && found.configuration.at + found.configuration.length <= data.length;
      };
      const data = decodeRun(bytes, 0, whole);
      const opening = decodeOpening(data);
      if (!opening) return null;
      const { at, length } = opening.configuration;
      const configuration = decodeConfiguration(data.subarray(at, at + length));
      return configuration && { opening, configuration };
    },
    async closing(end) {
      // The index between the last chunk and `end` is filled up to a physical block.
      const from = Math.max(0, end - OPENING_BYTES - blockSize);
      const bytes = await window.get(from, end - from);
      if (!bytes || bytes.length < end - from) return null;
      const index = readIndex(bytes, bytes.length);
      const run = index?.lastRun ? index.lastRun.position - from : -1;
      if (run >= 0 && run < bytes.length) {
        const found = decodeClosing(decodeRun(bytes, run, () => false));
        if (found) return found;
      }
      return closingFromEnd(bytes, index?.start ?? bytes.length);
    },
  };
}

/** Decompresses chunk by chunk from the end until the closing configuration is whole. */
function closingFromEnd(bytes: Uint8Array, end: number): Configuration | null {
  let data = new Uint8Array(0);
  let decoded = end;
  for (const start of chunkStartsBefore(bytes, end).slice(0, MAX_STARTS)) {
    const chunk = decodeChunk(bytes, start);
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

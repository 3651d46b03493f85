import type { ByteLimiter } from "./byte-limiter";
import { checksumMismatch } from "./checksum-mismatch";
import { CHUNK_BYTES, chunkReader } from "./chunk-reader";
import type { PartBody } from "./object-store";
import type { Part } from "./plan-parts";
import type { SourceFile } from "./source-file";
import type { UploadStore } from "./upload-store";

export interface SentPart {
  etag: string;
  crc64: bigint;
}

export interface PartTarget {
  store: UploadStore;
  bucket: string;
  key: string;
  uploadId: string;
}

/**
 * Sends one part once, reading it while it goes out, and compares what OSS says it got with what was read. `earlier`
 * keeps the sums of earlier complete readings: one that agrees with none of them is not believed (a disk that answers
 * differently from time to time). Throws ExternalError (`ChecksumMismatch` for both), AppError, ChunkReadError.
 */
export async function sendPart(input: {
  target: PartTarget;
  file: SourceFile;
  part: Part;
  limiter: ByteLimiter;
  earlier: Set<bigint>;
  signal: AbortSignal;
  /** Bytes that the connection took. */
  onBytes(bytes: number): void;
}): Promise<SentPart> {
  const { target, part, earlier } = input;
  const body = streamPart(input);
  const { store, bucket, key, uploadId } = target;
  const call = store.uploadPart({ bucket, key, uploadId, number: part.number, body }, input.signal);
  const uploaded = await call.catch((error: unknown) => {
    input.signal.throwIfAborted();
    throw body.failure() ?? error;
  });
  const own = body.crc64();
  const what = `Part ${part.number} of ${key}`;
  const first = [...earlier][0];
  const believed = first === undefined || earlier.has(own);
  earlier.add(own);
  if (uploaded.crc64 !== null && uploaded.crc64 !== own.toString()) {
    throw checksumMismatch("ChecksumMismatch", what, own, uploaded.crc64);
  }
  if (!believed) throw checksumMismatch("ChecksumMismatch", `${what}, read again`, own, first.toString());
  return { etag: uploaded.etag, crc64: own };
}

/** The sum of a part of the file; nothing is sent. */
export async function sumPart(file: SourceFile, part: Part, signal: AbortSignal): Promise<bigint> {
  const pair = await chunkReader().takePair();
  try {
    let sum = 0n;
    for (let at = 0; at < part.sizeBytes; at += CHUNK_BYTES) {
      signal.throwIfAborted();
      const length = Math.min(CHUNK_BYTES, part.sizeBytes - at);
      sum = await file.read({ pair, half: 0, position: part.offset + at, length, previous: sum });
    }
    return sum;
  } finally {
    chunkReader().givePair(pair);
  }
}

function streamPart(input: {
  file: SourceFile;
  part: Part;
  limiter: ByteLimiter;
  signal: AbortSignal;
  onBytes(bytes: number): void;
}): PartBody & { crc64(): bigint; failure(): unknown } {
  const { file, part, limiter, signal } = input;
  let sum: bigint | null = null;
  let failure: unknown = null;

  const send = async (write: (bytes: Uint8Array) => Promise<void>): Promise<void> => {
    const pair = await chunkReader().takePair();
    let reading: Promise<bigint> | null = null;
    const readAt = (at: number, half: 0 | 1, previous: bigint) => {
      const length = Math.min(CHUNK_BYTES, part.sizeBytes - at);
      reading = file.read({ pair, half, position: part.offset + at, length, previous });
      reading.catch((error: unknown) => {
        failure = error;
      });
      return reading;
    };
    try {
      let half: 0 | 1 = 0;
      let next = readAt(0, half, 0n);
      for (let at = 0; at < part.sizeBytes; at += CHUNK_BYTES) {
        const previous = await next;
        const chunk = pair.halves[half].subarray(0, Math.min(CHUNK_BYTES, part.sizeBytes - at));
        half = half === 0 ? 1 : 0;
        if (at + CHUNK_BYTES < part.sizeBytes) next = readAt(at + CHUNK_BYTES, half, previous);
        else sum = previous;
        await writePaced(chunk, write);
      }
    } finally {
      // A thread may still be filling the pair.
      void Promise.allSettled([reading]).then(() => chunkReader().givePair(pair));
    }
  };

  const writePaced = async (chunk: Uint8Array, write: (bytes: Uint8Array) => Promise<void>) => {
    for (let at = 0; at < chunk.length; ) {
      const piece = chunk.subarray(at, at + limiter.pieceBytes());
      await limiter.take(piece.length);
      signal.throwIfAborted();
      await write(piece);
      input.onBytes(piece.length);
      at += piece.length;
    }
  };

  return {
    sizeBytes: part.sizeBytes,
    send,
    crc64() {
      if (sum === null) throw new Error(`Part ${part.number} was answered before it was read.`);
      return sum;
    },
    failure: () => failure,
  };
}

import { combineCrc64 } from "@/lib/backup/crc64";
import { AppError } from "@/lib/diagnosis/app-error";
import { checksumMismatch } from "./checksum-mismatch";
import { completeUpload } from "./complete-upload";
import { crc64 } from "./crc64";
import type { ObjectStore } from "./object-store";
import { partSizeFor } from "./plan-parts";
import { retryCall } from "./retry-call";

const RETRY = { attempts: 8, firstDelayMs: 500, longestDelayMs: 20_000 };

export interface StreamReceipt {
  etag: string;
  /** CRC-64/XZ of the whole object, decimal digits. */
  crc64: string;
  sizeBytes: number;
  parts: number;
}

/**
 * Brings bytes that come in order, and only once, to OSS: parts one after another, each and the whole compared by
 * CRC-64. On any failure the upload is aborted; nothing is left in the bucket. Throws ExternalError, AppError
 * `upload_stream_ended` when fewer or more bytes come than `sizeBytes`, and what the stream throws.
 */
export async function uploadStream(input: {
  store: ObjectStore;
  bucket: string;
  key: string;
  body: AsyncIterable<Uint8Array>;
  sizeBytes: number;
  onProgress?(progress: { doneBytes: number; totalBytes: number }): void;
  signal?: AbortSignal;
}): Promise<StreamReceipt> {
  const { store, bucket, key, sizeBytes, signal } = input;
  const retry = { ...RETRY, ...(signal ? { signal } : {}) };
  const { uploadId } = await retryCall(() => store.startUpload({ bucket, key }), retry);
  try {
    const sent: { number: number; etag: string }[] = [];
    let whole = 0n;
    let doneBytes = 0;
    for await (const body of inParts(input.body, partSizeFor(sizeBytes))) {
      const number = sent.length + 1;
      const sum = crc64(body);
      const { etag } = await retryCall(async () => {
        const part = await store.uploadPart({ bucket, key, uploadId, number, body }, signal);
        if (part.crc64 === null || part.crc64 === sum.toString()) return part;
        throw checksumMismatch("ChecksumMismatch", `Part ${number} of ${key}`, sum, part.crc64);
      }, retry);
      sent.push({ number, etag });
      whole = combineCrc64(whole, sum, body.length);
      doneBytes += body.length;
      if (doneBytes > sizeBytes) break;
      input.onProgress?.({ doneBytes, totalBytes: sizeBytes });
    }
    if (doneBytes !== sizeBytes) throw new AppError("precondition_failed", "upload_stream_ended", { key });
    const etag = await completeUpload(
      { store, bucket, key, uploadId },
      sent,
      { sizeBytes, crc64: whole },
      retry,
    );
    return { etag, crc64: whole.toString(), sizeBytes, parts: sent.length };
  } catch (error) {
    await store.abortUpload({ bucket, key, uploadId }).catch(() => undefined);
    throw error;
  }
}

/** Gathers pieces of any size into parts of exactly `partSize`, the last one shorter. */
async function* inParts(body: AsyncIterable<Uint8Array>, partSize: number): AsyncGenerator<Uint8Array> {
  let part = new Uint8Array(partSize);
  let filled = 0;
  for await (const chunk of body) {
    for (let at = 0; at < chunk.length; ) {
      const taken = Math.min(chunk.length - at, partSize - filled);
      part.set(chunk.subarray(at, at + taken), filled);
      at += taken;
      filled += taken;
      if (filled < partSize) continue;
      yield part;
      part = new Uint8Array(partSize);
      filled = 0;
    }
  }
  if (filled > 0) yield part.subarray(0, filled);
}

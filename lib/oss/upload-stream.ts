import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@/lib/diagnosis/app-error";
import { checksumMismatch } from "./checksum-mismatch";
import { crc64 } from "./crc64";
import type { ObjectStore } from "./object-store";
import { partSizeFor } from "./plan-parts";
import { isTransient, retryCall } from "./retry-call";

const ATTEMPTS = 8;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 20_000;

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
  const retry = {
    attempts: ATTEMPTS,
    firstDelayMs: FIRST_DELAY_MS,
    longestDelayMs: LONGEST_DELAY_MS,
    ...(signal ? { signal } : {}),
  };
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
      whole = crc64(body, whole);
      doneBytes += body.length;
      if (doneBytes > sizeBytes) break;
      input.onProgress?.({ doneBytes, totalBytes: sizeBytes });
    }
    if (doneBytes !== sizeBytes) throw new AppError("precondition_failed", "upload_stream_ended", { key });
    const etag = await complete({ ...input, uploadId, sent, whole });
    return { etag, crc64: whole.toString(), sizeBytes, parts: sent.length };
  } catch (error) {
    await store.abortUpload({ bucket, key, uploadId }).catch(() => undefined);
    throw error;
  }
}

/** OSS goes on completing when the answer is lost: the object is looked for before it is asked again. */
async function complete(input: {
  store: ObjectStore;
  bucket: string;
  key: string;
  sizeBytes: number;
  uploadId: string;
  sent: { number: number; etag: string }[];
  whole: bigint;
}): Promise<string> {
  const { store, bucket, key, uploadId, sent, whole } = input;
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await store.completeUpload({ bucket, key, uploadId, parts: sent });
      if (answer.crc64 === null || answer.crc64 === whole.toString()) return answer.etag;
      await store.deleteObject({ bucket, key });
      throw checksumMismatch("ObjectChecksumMismatch", `The object ${key}`, whole, answer.crc64);
    } catch (error) {
      const found = await store.headObject({ bucket, key });
      if (found?.sizeBytes === input.sizeBytes && found.crc64 === whole.toString()) return found.etag;
      if (attempt >= ATTEMPTS || !isTransient(error)) throw error;
      await sleep(Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt));
    }
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

import { checksumMismatch } from "./checksum-mismatch";
import type { ObjectStore } from "./object-store";
import { partSizeFor, planParts } from "./plan-parts";
import { retryCall } from "./retry-call";

/** CopyObject takes objects up to 1 GB; larger ones are copied part by part. Source: OSS API, CopyObject. */
const LARGEST_SIMPLE_COPY = 1_000_000_000;
/** A copied part moves no bytes over our line, so it may be large: fewer requests. */
const SMALLEST_COPY_PART = 256 * 1024 * 1024;
const LANES = 4;
const RETRY = { attempts: 8, firstDelayMs: 500, longestDelayMs: 20_000 };

/**
 * Copies an object inside its bucket without moving its bytes through this process, and compares the CRC-64 that OSS keeps of
 * both. What was begun is aborted when it fails. Throws ExternalError.
 */
export async function copyObject(input: {
  store: ObjectStore;
  bucket: string;
  fromKey: string;
  toKey: string;
  sizeBytes: number;
  signal?: AbortSignal;
  /** For tests: what is copied at once, and the size of a part. */
  limits?: { simpleBytes: number; partBytes: number };
}): Promise<{ etag: string; crc64: string | null }> {
  const { store, bucket, fromKey, toKey, sizeBytes, signal } = input;
  const retry = { ...RETRY, ...(signal ? { signal } : {}) };
  const source = await retryCall(() => store.headObject({ bucket, key: fromKey }), retry);
  if (sizeBytes <= (input.limits?.simpleBytes ?? LARGEST_SIMPLE_COPY)) {
    await retryCall(() => store.copyObject({ bucket, fromKey, toKey }), retry);
  } else {
    await copyInParts(input);
  }
  const copy = await retryCall(() => store.headObject({ bucket, key: toKey }), retry);
  if (!copy || copy.sizeBytes !== sizeBytes || copy.crc64 !== (source?.crc64 ?? null)) {
    await store.deleteObject({ bucket, key: toKey }).catch(() => undefined);
    const sum = BigInt(source?.crc64 ?? "0");
    throw checksumMismatch("ObjectChecksumMismatch", `The object ${toKey}`, sum, copy?.crc64 ?? "absent");
  }
  return { etag: copy.etag, crc64: copy.crc64 };
}

async function copyInParts(input: Parameters<typeof copyObject>[0]): Promise<void> {
  const { store, bucket, fromKey, toKey, sizeBytes, signal } = input;
  const retry = { ...RETRY, ...(signal ? { signal } : {}) };
  const { uploadId } = await retryCall(() => store.startUpload({ bucket, key: toKey }), retry);
  try {
    const parts = planParts(
      sizeBytes,
      input.limits?.partBytes ?? Math.max(SMALLEST_COPY_PART, partSizeFor(sizeBytes)),
    );
    const etags = new Map<number, string>();
    const waiting = [...parts];
    const lane = async () => {
      for (let part = waiting.shift(); part; part = waiting.shift()) {
        const { number, offset, sizeBytes: length } = part;
        const { etag } = await retryCall(
          () => store.copyPart({ bucket, fromKey, toKey, uploadId, number, offset, length }),
          retry,
        );
        etags.set(number, etag);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    const done = parts.map(({ number }) => ({ number, etag: etags.get(number) ?? "" }));
    await retryCall(async () => {
      try {
        await store.completeUpload({ bucket, key: toKey, uploadId, parts: done });
      } catch (error) {
        const found = await store.headObject({ bucket, key: toKey });
        if (found?.sizeBytes !== sizeBytes) throw error;
      }
    }, retry);
  } catch (error) {
    await store.abortUpload({ bucket, key: toKey, uploadId }).catch(() => undefined);
    throw error;
  }
}

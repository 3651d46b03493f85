import { type FileHandle, open } from "node:fs/promises";
import { AppError } from "@/lib/diagnosis/app-error";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { crc64 } from "./crc64";
import type { ObjectStore, UploadedPart } from "./object-store";
import { partSizeFor, planParts } from "./plan-parts";
import { isTransient, type RetryOptions, retryCall } from "./retry-call";
import { checksumMismatch, sendParts } from "./send-parts";

/** Everything needed to go on with an upload in another process. Plain JSON. */
export interface UploadCheckpoint {
  uploadId: string;
  partSize: number;
  sizeBytes: number;
  mtimeMs: number;
}

export interface UploadReceipt {
  etag: string;
  /** CRC-64/XZ of the whole object, decimal digits. */
  crc64: string;
  sizeBytes: number;
  parts: number;
  partsReused: number;
  partsRetried: number;
  elapsedMs: number;
}

export interface UploadLimits {
  /** Parts in flight. */
  lanes?: number;
  partSize?: number;
  attempts?: number;
  firstDelayMs?: number;
  longestDelayMs?: number;
}

export interface UploadFileInput {
  store: ObjectStore;
  bucket: string;
  key: string;
  localPath: string;
  /** Of an upload that was begun before. */
  checkpoint: UploadCheckpoint | null;
  /** Awaited before the first part is sent. */
  onCheckpoint(checkpoint: UploadCheckpoint): Promise<void> | void;
  onProgress?(progress: { doneBytes: number; totalBytes: number }): void;
  signal?: AbortSignal;
  limits?: UploadLimits;
}

const LANES = 4;
/** Lanes hold a part each: with the large parts of a file of terabytes there are fewer of them. */
const MOST_MEMORY = 256 * 1024 * 1024;

/**
 * Brings a local file to OSS as a multipart upload and proves by CRC-64 that the object is the file. Resumable: with the
 * checkpoint of an earlier run only what OSS does not have is sent. Repeating it after its end finds the object.
 * Throws ExternalError; AppError `upload_file_missing`, `upload_file_empty`, or `upload_file_changed` when the file is
 * not the one the upload began with; the signal's reason when aborted.
 */
export async function uploadFile(input: UploadFileInput): Promise<UploadReceipt> {
  const begun = performance.now();
  const file = await openFile(input.localPath);
  try {
    const { size, mtimeMs } = await file.stat();
    if (size === 0) throw new AppError("precondition_failed", "upload_file_empty", { path: input.localPath });
    const { checkpoint } = input;
    if (checkpoint && (checkpoint.sizeBytes !== size || checkpoint.mtimeMs !== mtimeMs)) {
      throw new AppError("precondition_failed", "upload_file_changed", { path: input.localPath });
    }
    const upload = await resumeOrStart(input, file, { size, mtimeMs });
    if ("done" in upload) return { ...upload.done, elapsedMs: elapsedSince(begun) };

    const parts = planParts(size, upload.checkpoint.partSize);
    const lanes = Math.min(
      input.limits?.lanes ?? LANES,
      Math.max(1, Math.floor(MOST_MEMORY / upload.checkpoint.partSize)),
    );
    let doneBytes = 0;
    const sent = await sendParts({
      store: input.store,
      bucket: input.bucket,
      key: input.key,
      uploadId: upload.checkpoint.uploadId,
      file,
      parts,
      present: upload.present,
      lanes,
      retry: retryOptions(input),
      signal: input.signal,
      onPart(part) {
        doneBytes += part.sizeBytes;
        input.onProgress?.({ doneBytes, totalBytes: size });
      },
    });
    const after = await file.stat();
    if (after.size !== size || after.mtimeMs !== mtimeMs) {
      throw new AppError("precondition_failed", "upload_file_changed", { path: input.localPath });
    }
    const etag = await complete(input, upload.checkpoint.uploadId, sent.etags, { size, crc: sent.crc64 });
    return {
      etag,
      crc64: sent.crc64.toString(),
      sizeBytes: size,
      parts: parts.length,
      partsReused: sent.reused,
      partsRetried: sent.retried,
      elapsedMs: elapsedSince(begun),
    };
  } finally {
    await file.close();
  }
}

type Begun =
  | { checkpoint: UploadCheckpoint; present: UploadedPart[] }
  | { done: Omit<UploadReceipt, "elapsedMs"> };

async function resumeOrStart(
  input: UploadFileInput,
  file: FileHandle,
  { size, mtimeMs }: { size: number; mtimeMs: number },
): Promise<Begun> {
  const { store, bucket, key, checkpoint } = input;
  const retry = { ...retryOptions(input), ...(input.signal ? { signal: input.signal } : {}) };
  if (checkpoint) {
    const { uploadId } = checkpoint;
    const present = await retryCall(() => store.listParts({ bucket, key, uploadId }), retry);
    if (present) return { checkpoint, present };
    // The upload is gone: either it was completed and nobody heard of it, or someone removed it.
    const found = await retryCall(() => store.headObject({ bucket, key }), retry);
    if (found?.sizeBytes === size) {
      const crc = await fileCrc64(file, size, input.signal);
      if (found.crc64 === crc.toString()) {
        const parts = planParts(size, checkpoint.partSize).length;
        input.onProgress?.({ doneBytes: size, totalBytes: size });
        return {
          done: {
            etag: found.etag,
            crc64: crc.toString(),
            sizeBytes: size,
            parts,
            partsReused: parts,
            partsRetried: 0,
          },
        };
      }
    }
  }
  const { uploadId } = await retryCall(() => store.startUpload({ bucket, key }), retry);
  const partSize = input.limits?.partSize ?? partSizeFor(size);
  const begun = { uploadId, partSize, sizeBytes: size, mtimeMs };
  await input.onCheckpoint(begun);
  return { checkpoint: begun, present: [] };
}

/** OSS goes on completing when the connection breaks, so after any failure the object is looked for first. */
async function complete(
  input: UploadFileInput,
  uploadId: string,
  parts: { number: number; etag: string }[],
  expected: { size: number; crc: bigint },
): Promise<string> {
  const { store, bucket, key } = input;
  const crc = expected.crc.toString();
  return retryCall(
    async () => {
      try {
        const answer = await store.completeUpload({ bucket, key, uploadId, parts });
        if (answer.crc64 === null || answer.crc64 === crc) return answer.etag;
        await store.deleteObject({ bucket, key });
        throw checksumMismatch("ObjectChecksumMismatch", `The object ${key}`, expected.crc, answer.crc64);
      } catch (error) {
        const found = isTransient(error) || isGone(error) ? await store.headObject({ bucket, key }) : null;
        if (found && found.sizeBytes === expected.size && found.crc64 === crc) return found.etag;
        throw error;
      }
    },
    { ...retryOptions(input), ...(input.signal ? { signal: input.signal } : {}) },
  );
}

function isGone(error: unknown): boolean {
  return isExternalError(error) && error.fields.providerCode === "NoSuchUpload";
}

async function fileCrc64(file: FileHandle, size: number, signal: AbortSignal | undefined): Promise<bigint> {
  const buffer = new Uint8Array(4 * 1024 * 1024);
  let sum = 0n;
  for (let at = 0; at < size; ) {
    signal?.throwIfAborted();
    const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) throw new AppError("precondition_failed", "upload_file_changed");
    sum = crc64(buffer.subarray(0, bytesRead), sum);
    at += bytesRead;
  }
  return sum;
}

async function openFile(localPath: string): Promise<FileHandle> {
  try {
    return await open(localPath, "r");
  } catch (error) {
    if (error instanceof Error && Reflect.get(error, "code") === "ENOENT") {
      throw new AppError("not_found", "upload_file_missing", { path: localPath });
    }
    throw error;
  }
}

function retryOptions(input: UploadFileInput): Omit<RetryOptions, "signal" | "onRetry"> {
  const limits = input.limits ?? {};
  return {
    attempts: limits.attempts ?? 8,
    firstDelayMs: limits.firstDelayMs ?? 500,
    longestDelayMs: limits.longestDelayMs ?? 20_000,
  };
}

function elapsedSince(begun: number): number {
  return Math.round(performance.now() - begun);
}

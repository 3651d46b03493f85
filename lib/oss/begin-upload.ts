import { combineCrc64 } from "@/lib/backup/crc64";
import { isExternalError } from "@/lib/diagnosis/external-error";
import type { UploadCheckpoint } from "@/lib/migration/upload-checkpoint";
import { type Part, partSizeFor, planParts } from "./plan-parts";
import { type RetryOptions, retryCall } from "./retry-call";
import { sumPart } from "./send-part";
import type { SourceFile } from "./source-file";
import { isOfFile } from "./upload-checkpoint";
import type { UploadStore } from "./upload-store";
import type { UploadedPart } from "./uploaded-part";

/** Clocks of OSS and of this machine may differ by this much. */
const CLOCKS_MS = 10 * 60_000;
const TIDYING_ATTEMPTS = 4;

/** Which unfinished uploads of the same key are this upload's own leftovers. */
export interface OwnUploads {
  /** None of ours began before. */
  since: Date;
  /** Uploads of the same key that somebody is still at. */
  except: ReadonlySet<string>;
}

interface LeftoversInput {
  store: UploadStore;
  bucket: string;
  key: string;
  ours: OwnUploads | undefined;
  retry: RetryOptions;
  signal: AbortSignal;
}

export interface BeginInput extends LeftoversInput {
  file: SourceFile;
  checkpoint: UploadCheckpoint | null;
  partSize: number | undefined;
}

export type Begun =
  | { kind: "resumed" | "started"; checkpoint: UploadCheckpoint; present: Map<number, UploadedPart> }
  /** The object is there already, equal to the file. */
  | { kind: "completed"; etag: string; crc64: string; parts: number };

/** Goes on with the upload of the checkpoint where OSS still has it; finds its object where it was completed unheard; else starts one. */
export async function beginUpload(input: BeginInput): Promise<Begun> {
  const { store, bucket, key, checkpoint, retry } = input;
  if (checkpoint && isOfFile(checkpoint, input.file.identity)) {
    const { uploadId } = checkpoint;
    const listed = await retryCall(() => store.listParts({ bucket, key, uploadId }), retry);
    if (listed) {
      const present = new Map(listed.map((part) => [part.number, part]));
      return { kind: "resumed", checkpoint, present };
    }
    const completed = await findCompleted(input, checkpoint);
    if (completed) return completed;
  }
  await abortLeftovers(input);
  const { uploadId } = await retryCall(() => store.startUpload({ bucket, key }), retry);
  const { sizeBytes } = input.file.identity;
  const partSize = input.partSize ?? partSizeFor(sizeBytes);
  const spent = checkpoint?.spent;
  return {
    kind: "started",
    checkpoint: { uploadId, partSize, ...input.file.identity, ...(spent ? { spent } : {}) },
    present: new Map(),
  };
}

/** The upload is gone: either it was completed and nobody heard of it, or it expired. */
async function findCompleted(input: BeginInput, checkpoint: UploadCheckpoint): Promise<Begun | null> {
  const { store, bucket, key, file } = input;
  const found = await retryCall(() => store.headObject({ bucket, key }), input.retry);
  if (found?.sizeBytes !== checkpoint.sizeBytes || found.crc64 === null) return null;
  const parts = planParts(checkpoint.sizeBytes, checkpoint.partSize);
  const { verified } = checkpoint;
  const own =
    verified?.parts === parts.length ? BigInt(verified.crc64) : await sumFile(file, parts, input.signal);
  if (found.crc64 !== own.toString()) return null;
  return { kind: "completed", etag: found.etag, crc64: own.toString(), parts: parts.length };
}

async function sumFile(file: SourceFile, parts: readonly Part[], signal: AbortSignal): Promise<bigint> {
  let sum = 0n;
  for (const part of parts) sum = combineCrc64(sum, await sumPart(file, part, signal), part.sizeBytes);
  return sum;
}

/** A process that dies between the start of an upload and its checkpoint leaves parts that cost money and nobody sees. */
export async function abortLeftovers(input: LeftoversInput): Promise<void> {
  const { store, bucket, key, ours } = input;
  if (!ours) return;
  try {
    const retry = { ...input.retry, attempts: Math.min(TIDYING_ATTEMPTS, input.retry.attempts) };
    const uploads = await retryCall(() => store.listUploads({ bucket, prefix: key }), retry);
    for (const { key: found, uploadId, startedAt } of uploads) {
      const mine = found === key && Date.parse(startedAt) >= ours.since.getTime() - CLOCKS_MS;
      if (!mine || ours.except.has(uploadId)) continue;
      await retryCall(() => store.abortUpload({ bucket, key, uploadId }), retry);
    }
  } catch (error) {
    input.signal.throwIfAborted();
    // Tidying may be forbidden, or fail with the line: the upload itself will tell.
    if (!isExternalError(error)) throw error;
  }
}

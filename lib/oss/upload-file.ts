import type { ByteSource } from "@/lib/backup/header";
import { AppError } from "@/lib/diagnosis/app-error";
import type { UploadCheckpoint, UploadSpent } from "@/lib/migration/upload-checkpoint";
import { MOST_LANES } from "@/lib/migration/upload-lanes";
import { abortLeftovers, type Begun, beginUpload, type OwnUploads } from "./begin-upload";
import { ByteLimiter } from "./byte-limiter";
import { completeUpload, isPartUnknown, isUploadGone } from "./complete-upload";
import { planParts } from "./plan-parts";
import { RateMeter } from "./rate-meter";
import type { RetryOptions } from "./retry-call";
import { sendParts } from "./send-parts";
import { openSourceFile, type SourceFile } from "./source-file";
import { isOfFile } from "./upload-checkpoint";
import type { UploadStore } from "./upload-store";
import { trustedParts, VerifiedParts } from "./verified-parts";

export interface UploadReceipt {
  etag: string;
  /** CRC-64/XZ of the whole object, decimal digits. */
  crc64: string;
  sizeBytes: number;
  partSize: number;
  parts: number;
  /** Parts that an earlier run had sent. */
  partsReused: number;
  /** Sendings beyond the first of a part, of all runs. */
  partsRetried: number;
  /** Bytes handed to the network for parts that arrived, all runs. */
  sentBytes: number;
  /** Time spent working, all runs; waiting in between does not count. */
  elapsedMs: number;
  /** Whole size over `elapsedMs`. */
  bytesPerSecond: number;
  /** Most parts in flight. */
  lanes: number;
  runs: number;
}

export interface UploadLimits {
  /** Exactly this many parts in flight instead of as many as prove useful. */
  lanes?: number;
  /** No more parts in flight than this. */
  mostLanes?: number;
  partSize?: number;
  attempts?: number;
  firstDelayMs?: number;
  longestDelayMs?: number;
  slowMs?: number;
  checkpointMs?: number;
}

export interface UploadProgress {
  doneBytes: number;
  totalBytes: number;
  bytesPerSecond: number | null;
}

export interface UploadFileInput {
  store: UploadStore;
  bucket: string;
  key: string;
  localPath: string;
  /** The folder that the file must really lie in. Without: any. */
  within?: string | null;
  /** Looks at the very file that is sent, before a byte of it is; what it throws ends the upload. */
  judge?(bytes: ByteSource): Promise<void>;
  /** Of an upload that was begun before. */
  checkpoint: UploadCheckpoint | null;
  /** Awaited before the first part is sent; later once in a few seconds, one at a time. */
  onCheckpoint(checkpoint: UploadCheckpoint): Promise<void> | void;
  onProgress?(progress: UploadProgress): void;
  /** May be changed while the upload runs. */
  limiter?: ByteLimiter;
  /** Leftovers of this upload to be tidied away before a new one is begun. */
  ours?: OwnUploads;
  /** Ends at once; parts in flight are lost. */
  signal?: AbortSignal;
  /** Begins no further part; when those in flight have ended, the upload rejects with this signal's reason. */
  drain?: AbortSignal;
  limits?: UploadLimits;
}

const FIRST_LANES = 4;
const SLOW_MS = 20_000;
const CHECKPOINT_MS = 3_000;
/** Uploads that vanish under way, by expiry or by somebody's hand, are begun anew this often in one run. */
const BEGINNINGS = 3;

/**
 * Brings a local file to OSS as a multipart upload and proves by CRC-64 that the object is the file. Resumable: with the
 * checkpoint of an earlier run only what OSS does not have is sent. Repeating it after its end finds the object. Memory
 * is two chunks a lane, whatever the sizes. Throws ExternalError; ChunkReadError; AppError `upload_file_missing`,
 * `upload_file_empty`, `upload_file_link`, `upload_file_outside`, or `upload_file_changed` and `upload_file_swapped` when
 * the file is not the one the upload began with; what `judge` throws; the reason of the signal that ended it.
 */
export async function uploadFile(input: UploadFileInput): Promise<UploadReceipt> {
  const begunAt = performance.now();
  const file = await openSourceFile(input.localPath, input.within);
  const run = { begunAt, sentBytes: 0, retries: 0, lanes: 0 };
  try {
    let { checkpoint } = input;
    if (checkpoint && !isOfFile(checkpoint, file.identity)) {
      throw new AppError("precondition_failed", "upload_file_changed", { path: input.localPath });
    }
    await input.judge?.(file.bytes);
    for (let beginning = 1; ; beginning += 1) {
      const begun = await begin(input, file, checkpoint);
      if (begun.kind === "completed") {
        await tidy(input, input.signal ?? new AbortController().signal);
        return receiptOf({ input, file, begun, run, checkpoint });
      }
      checkpoint = begun.checkpoint;
      try {
        return await finish(input, file, begun, run);
      } catch (error) {
        if (beginning >= BEGINNINGS || !(isUploadGone(error) || isPartUnknown(error))) throw error;
      }
    }
  } finally {
    file.close();
  }
}

/** What this run did so far. */
interface Run {
  begunAt: number;
  sentBytes: number;
  retries: number;
  lanes: number;
}

function begin(
  input: UploadFileInput,
  file: SourceFile,
  checkpoint: UploadCheckpoint | null,
): Promise<Begun> {
  const { store, bucket, key, ours } = input;
  const signal = input.signal ?? new AbortController().signal;
  const retry = { ...retryOptions(input), signal };
  return beginUpload({
    store,
    bucket,
    key,
    file,
    checkpoint,
    partSize: input.limits?.partSize,
    ours,
    retry,
    signal,
  });
}

async function finish(
  input: UploadFileInput,
  file: SourceFile,
  begun: Exclude<Begun, { kind: "completed" }>,
  run: Run,
): Promise<UploadReceipt> {
  const { checkpoint, present } = begun;
  const signal = input.signal ?? new AbortController().signal;
  const totalBytes = checkpoint.sizeBytes;
  const parts = planParts(totalBytes, checkpoint.partSize);
  const verified = new VerifiedParts(parts);
  const trusted = trustedParts(parts, present, checkpoint.verified);
  for (const part of trusted) verified.add(part.number, part);
  const sizes = new Map(parts.map((part) => [part.number, part.sizeBytes]));
  let doneBytes = trusted.reduce((sum, part) => sum + (sizes.get(part.number) ?? 0), 0);
  const meter = new RateMeter();
  const report = () => {
    const bytesPerSecond = meter.bytesPerSecond(performance.now());
    input.onProgress?.({ doneBytes: Math.max(0, doneBytes), totalBytes, bytesPerSecond });
  };
  const saver = checkpointSaver(input, () => ({
    ...checkpoint,
    verified: verified.prefix,
    spent: spentOf(run, checkpoint.spent),
  }));
  if (begun.kind === "started") await input.onCheckpoint(checkpoint);
  report();

  const target = { store: input.store, bucket: input.bucket, key: input.key, uploadId: checkpoint.uploadId };
  let found = trusted.length;
  try {
    const lanes = input.limits?.lanes;
    const most = input.limits?.mostLanes ?? MOST_LANES;
    const sent = await sendParts({
      target,
      file,
      parts,
      present,
      verified,
      lanes: { first: lanes ?? Math.min(FIRST_LANES, most), most: lanes ?? most },
      limiter: input.limiter ?? new ByteLimiter(),
      retry: retryOptions(input),
      slowMs: input.limits?.slowMs ?? SLOW_MS,
      signal,
      drain: input.drain,
      onBytes(bytes) {
        doneBytes += bytes;
        meter.add(Math.max(0, bytes), performance.now());
        report();
      },
      onPart(part, how) {
        if (how === "found") doneBytes += part.sizeBytes;
        else run.sentBytes += part.sizeBytes;
        report();
        saver.maybe();
      },
    });
    found += sent.found;
    run.retries += sent.retried;
    run.lanes = Math.max(run.lanes, sent.lanes);
    await file.assertUnchanged();
  } catch (error) {
    await saver.last();
    throw error;
  }
  const whole = verified.whole();
  if (!whole) {
    await saver.last();
    throw input.drain?.reason ?? new Error("Parts are missing although every lane ended.");
  }
  await saver.settled();
  const expected = { sizeBytes: totalBytes, crc64: whole.crc64 };
  try {
    const etag = await completeUpload(target, whole.etags, expected, { ...retryOptions(input), signal });
    // Of a start whose answer was lost there may be a second upload.
    await tidy(input, signal);
    const done = { etag, crc64: whole.crc64.toString(), parts: parts.length };
    return receiptOf({ input, file, begun: done, run, checkpoint, found });
  } catch (error) {
    checkpoint.verified = verified.prefix;
    await saver.last();
    throw error;
  }
}

async function tidy(input: UploadFileInput, signal: AbortSignal): Promise<void> {
  const { store, bucket, key, ours } = input;
  await abortLeftovers({ store, bucket, key, ours, signal, retry: { ...retryOptions(input), signal } });
}

/** Notes how far it came: seldom while it runs, and once when it ends early. */
function checkpointSaver(input: UploadFileInput, current: () => UploadCheckpoint) {
  let at = performance.now();
  let saving: Promise<void> | null = null;
  const save = async () => {
    at = performance.now();
    await input.onCheckpoint(current());
  };
  // A checkpoint that could not be written costs reading some parts again, nothing else.
  const quietly = () => save().catch(() => undefined);
  return {
    maybe() {
      if (saving || performance.now() - at < (input.limits?.checkpointMs ?? CHECKPOINT_MS)) return;
      saving = quietly().finally(() => {
        saving = null;
      });
    },
    async settled() {
      await saving;
    },
    async last() {
      await saving;
      await quietly();
    },
  };
}

function spentOf(run: Run, before: UploadSpent | undefined): UploadSpent {
  return {
    elapsedMs: (before?.elapsedMs ?? 0) + Math.round(performance.now() - run.begunAt),
    sentBytes: (before?.sentBytes ?? 0) + run.sentBytes,
    retries: (before?.retries ?? 0) + run.retries,
    runs: (before?.runs ?? 0) + 1,
    lanes: Math.max(before?.lanes ?? 0, run.lanes),
  };
}

function receiptOf(from: {
  input: UploadFileInput;
  file: SourceFile;
  begun: { etag: string; crc64: string; parts: number };
  run: Run;
  checkpoint: UploadCheckpoint | null;
  found?: number;
}): UploadReceipt {
  const { sizeBytes } = from.file.identity;
  const { etag, crc64, parts } = from.begun;
  const spent = spentOf(from.run, from.input.checkpoint?.spent);
  from.input.onProgress?.({ doneBytes: sizeBytes, totalBytes: sizeBytes, bytesPerSecond: null });
  return {
    etag,
    crc64,
    sizeBytes,
    partSize: from.checkpoint?.partSize ?? sizeBytes,
    parts,
    partsReused: from.found ?? parts,
    partsRetried: spent.retries,
    sentBytes: spent.sentBytes,
    elapsedMs: spent.elapsedMs,
    bytesPerSecond: Math.round((sizeBytes * 1000) / Math.max(1, spent.elapsedMs)),
    lanes: spent.lanes,
    runs: spent.runs,
  };
}

function retryOptions(input: UploadFileInput): Omit<RetryOptions, "signal" | "onRetry"> {
  const limits = input.limits ?? {};
  return {
    attempts: limits.attempts ?? 8,
    firstDelayMs: limits.firstDelayMs ?? 500,
    longestDelayMs: limits.longestDelayMs ?? 20_000,
  };
}

import { UploadControl } from "@/lib/contracts/migration";
import { isAppError } from "@/lib/diagnosis/app-error";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { failureOf } from "@/lib/diagnosis/failure-of";
import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import { ByteLimiter } from "@/lib/oss/byte-limiter";
import { isTransient } from "@/lib/oss/retry-call";
import { type UploadReceipt, uploadFile } from "@/lib/oss/upload-file";
import { Prisma } from "@/lib/store/generated/client";
import { moveFile } from "@/lib/store/move-file";
import { NO_PART, WavePart } from "@/lib/wave/wave-rules";
import { type Outcome as AnyOutcome, required, type StepRun } from "../step-run";
import { abortUploadOf } from "./abort-upload";
import type { upload } from "./definition";
import { assertJudgedBefore } from "./judged-before";
import { uploadsInUse } from "./uploads-in-use";

type Run = StepRun<typeof upload>;
type Outcome = AnyOutcome<typeof upload>;

/** A bounded piece: then the step takes its turn again behind other uploads. */
const PIECE_MS = 10 * 60_000;
const LOOK_AT_CONTROL_MS = 1_000;
/** While paused; resuming makes the step due at once. */
const PAUSED_LOOK_MS = 15_000;
const LONGEST_WAIT_MS = 5 * 60_000;

const PAUSED = Symbol("paused");
const PIECE_OVER = Symbol("piece over");

/**
 * Sends the file to OSS. *Resumable*: the parts that OSS has are the checkpoint; each is compared by CRC-64. A line that
 * is down, for hours if need be, never fails it: it tries again, less and less often.
 */
export async function runUpload(run: Run): Promise<Outcome> {
  const { ctx, step, migration } = run;
  const file = required(run.file, "file to upload");
  const bucket = required(migration.bucket, "bucket");
  const localPath = required(file.localPath, "local path");
  const control = readControl(migration);
  if (control.paused) return { type: "wait", status: "running", afterMs: PAUSED_LOOK_MS };
  const store = await ctx.clients.objects(required(migration.cloudConnectionId, "cloud account"));
  if (file.state === "written") {
    await run.commit((tx) => moveFile(tx, file.id, "uploading"), []);
  }
  const limiter = new ByteLimiter();
  limiter.setRate(control.bytesPerSecond);
  const guard = watchControl(run, limiter);
  const first = run.checkpoint;
  try {
    const receipt = await uploadFile({
      store,
      bucket,
      key: file.objectKey,
      localPath,
      within: migration.localFolder || null,
      judge: (bytes) => assertJudgedBefore(file, bytes),
      checkpoint: first,
      onCheckpoint: (checkpoint) => run.saveCheckpoint(checkpoint),
      onProgress: (progress) => run.reportProgress({ ...progress, percent: null }),
      limiter,
      ours: {
        since: step.createdAt,
        except: await uploadsInUse(ctx.db, { stepId: step.id, migration, file }),
      },
      signal: AbortSignal.any([run.signal, guard.stop]),
      drain: guard.drain,
      limits: {
        firstDelayMs: Math.min(500, run.settings.baseMs),
        longestDelayMs: Math.min(20_000, 7 * run.settings.baseMs),
        ...(control.lanes === undefined ? {} : { mostLanes: control.lanes }),
      },
    });
    return finished(run, receipt);
  } catch (error) {
    if (error === PAUSED) return { type: "wait", status: "running", afterMs: PAUSED_LOOK_MS };
    if (error === PIECE_OVER) return { type: "wait", status: "running", afterMs: 0 };
    if (run.signal.aborted) {
      await abortIfCancelled(run);
      throw error;
    }
    if (isAppError(error) && error.fields.reason === "upload_file_changed") return abandon(run, error);
    const progressed = sentBytesOf(run.checkpoint) > sentBytesOf(first);
    return retryLater(run, error, localPath, progressed);
  } finally {
    guard.end();
  }
}

function finished(run: Run, receipt: UploadReceipt): Outcome {
  const { ctx } = run;
  const file = required(run.file, "file to upload");
  const uploadedAt = ctx.now();
  const { sizeBytes, parts, crc64, elapsedMs, bytesPerSecond, partsRetried } = receipt;
  return {
    type: "done",
    result: { ...receipt },
    events: [
      {
        type: "upload_finished",
        payload: { file: file.name, sizeBytes, parts, crc64, elapsedMs, bytesPerSecond, partsRetried },
      },
    ],
    write: async (tx) => {
      await moveFile(tx, file.id, "uploaded", {
        uploadedAt,
        crc64,
        etag: receipt.etag,
        sizeBytes: BigInt(sizeBytes),
        receipt: { ...receipt },
      });
    },
  };
}

/** Follows what people ask for while the upload runs, and ends the piece in time. */
function watchControl(run: Run, limiter: ByteLimiter) {
  const stop = new AbortController();
  const drain = new AbortController();
  const look = async () => {
    const row = await run.ctx.db.migration.findUnique({
      where: { id: run.migration.id },
      select: { uploadControl: true, wavePart: true, cutover: true },
    });
    const control = readControl(row ?? {});
    limiter.setRate(control.bytesPerSecond);
    if (control.paused) stop.abort(PAUSED);
  };
  let looking = false;
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    look()
      .catch(() => undefined)
      .finally(() => {
        looking = false;
      });
  }, LOOK_AT_CONTROL_MS);
  const piece = setTimeout(() => drain.abort(PIECE_OVER), PIECE_MS);
  return {
    stop: stop.signal,
    drain: drain.signal,
    end: () => {
      clearInterval(timer);
      clearTimeout(piece);
      // What still waits for its turn has been aborted: it must not wait for a slow rate to find out.
      limiter.setRate(null);
    },
  };
}

/** Waits grow from failure to failure in a row; parts that arrived meanwhile begin a new row. */
function retryLater(run: Run, error: unknown, path: string, progressed: boolean): Outcome {
  const unreadable = error instanceof Error && error.name === "ChunkReadError";
  if (!unreadable && !isTransient(error)) throw error;
  const attempt = progressed ? 1 : Math.max(1, run.step.attempt);
  const asked = isExternalError(error) ? (error.fields.retryAfterMs ?? 0) : 0;
  const grown = Math.min(LONGEST_WAIT_MS, run.settings.baseMs * 2 ** Math.min(attempt - 1, 10));
  const afterMs = Math.max(asked, grown);
  const failure = unreadable
    ? ruleFailure("upload_file_unreadable", { path, code: String(Reflect.get(error, "code")) })
    : failureOf(error);
  // Hours of one and the same failure are told in a few lines.
  const told = (attempt & (attempt - 1)) === 0;
  const waitSeconds = Math.max(1, Math.ceil(afterMs / 1000));
  const payload = { kind: run.step.kind, attempt, reason: failure.reason, waitSeconds };
  return {
    type: "wait",
    status: "retrying",
    afterMs,
    failure,
    attempt,
    events: told ? [{ type: "step_retrying", payload }] : [],
  };
}

/** Parts of two files must never be joined: whoever retries begins anew, and OSS does not keep what it has of the old. */
async function abandon(run: Run, error: unknown): Promise<Outcome> {
  await abortUploadOf(run.ctx, run.migration, required(run.file, "file to upload"), run.checkpoint?.uploadId);
  return {
    type: "failed",
    failure: failureOf(error),
    write: async (tx) => {
      await tx.migrationStep.update({ where: { id: run.step.id }, data: { checkpoint: Prisma.DbNull } });
    },
  };
}

/** The step was taken from this run. By a person who cancelled: then OSS need not keep the parts. */
async function abortIfCancelled(run: Run): Promise<void> {
  const row = await run.ctx.db.migrationStep
    .findUnique({ where: { id: run.step.id }, select: { status: true } })
    .catch(() => null);
  if (row?.status !== "cancelled" && row?.status !== "skipped") return;
  await abortUploadOf(run.ctx, run.migration, required(run.file, "file to upload"), run.checkpoint?.uploadId);
}

/**
 * What people ask of this migration, and its wave of all its members: the tighter of both. A wave that pauses holds no upload of a
 * cutover that is under way: its database is down until that is over.
 */
function readControl(row: { uploadControl?: unknown; wavePart?: unknown; cutover?: unknown }): UploadControl {
  const own = UploadControl.safeParse(row.uploadControl).data ?? { paused: false, bytesPerSecond: null };
  const part = WavePart.safeParse(row.wavePart).data ?? NO_PART;
  const limits = [own.bytesPerSecond, part.bytesPerSecond].filter((limit) => limit !== null);
  return {
    paused: own.paused || (part.paused && (row.cutover ?? null) === null),
    bytesPerSecond: limits.length === 0 ? null : Math.min(...limits),
    ...(own.lanes === undefined ? {} : { lanes: own.lanes }),
  };
}

function sentBytesOf(checkpoint: Run["checkpoint"]): number {
  return checkpoint?.spent?.sentBytes ?? 0;
}

import type { Failure } from "@/lib/contracts/connection";
import { isAppError } from "@/lib/diagnosis/app-error";
import { failureOf } from "@/lib/diagnosis/failure-of";
import type { ObjectStore } from "@/lib/oss/object-store";
import { type UploadReceipt, uploadFile } from "@/lib/oss/upload-file";
import { Prisma } from "@/lib/store/generated/client";
import { isRecord } from "@/lib/store/migration-rows";
import { type Outcome, required, type StepRun } from "../step-run";

/** Sends the file to OSS. *Resumable*: the parts that OSS has are the checkpoint; each is compared by CRC-64. */
export async function runUpload(run: StepRun): Promise<Outcome> {
  const { ctx, step, migration } = run;
  const file = required(run.file, "file to upload");
  const bucket = required(migration.bucket, "bucket");
  const store = await ctx.clients.objects(required(migration.cloudConnectionId, "cloud account"));
  const localPath = required(file.localPath, "local path");
  const begun = ctx.now().getTime();
  if (file.state === "written") {
    await ctx.db.backupFile.update({ where: { id: file.id }, data: { state: "uploading" } });
  }
  const checkpoint = readCheckpoint(step.checkpoint);
  const sending = uploadFile({
    store,
    bucket,
    key: file.objectKey,
    localPath,
    checkpoint,
    onCheckpoint: (checkpoint) => run.saveCheckpoint({ ...checkpoint }),
    onProgress: (progress) => {
      const seconds = (ctx.now().getTime() - begun) / 1000;
      run.reportProgress({
        doneBytes: progress.doneBytes,
        totalBytes: progress.totalBytes,
        percent: null,
        bytesPerSecond: seconds > 0.2 ? Math.round(progress.doneBytes / seconds) : null,
      });
    },
    signal: run.signal,
  });
  let receipt: UploadReceipt;
  try {
    receipt = await sending;
  } catch (error) {
    if (run.signal.aborted || !isAppError(error) || error.fields.reason !== "upload_file_changed")
      throw error;
    return abandonUpload(run, store, bucket, file.objectKey, failureOf(error));
  }
  const uploadedAt = ctx.now();
  return {
    type: "done",
    result: { ...receipt },
    events: [
      {
        type: "upload_finished",
        payload: {
          file: file.name,
          sizeBytes: receipt.sizeBytes,
          parts: receipt.parts,
          crc64: receipt.crc64,
        },
      },
    ],
    write: async (tx) => {
      await tx.backupFile.update({
        where: { id: file.id },
        data: {
          state: "uploaded",
          uploadedAt,
          crc64: receipt.crc64,
          etag: receipt.etag,
          sizeBytes: BigInt(receipt.sizeBytes),
          receipt: { ...receipt },
        },
      });
    },
  };
}

/** Parts of two files must never be joined: whoever retries begins anew, and OSS does not keep what it has of the old. */
async function abandonUpload(
  run: StepRun,
  store: ObjectStore,
  bucket: string,
  key: string,
  failure: Failure,
): Promise<Outcome> {
  // As it is now: this run may have begun the upload itself.
  const checkpoint = readCheckpoint(run.step.checkpoint);
  if (checkpoint) {
    await store.abortUpload({ bucket, key, uploadId: checkpoint.uploadId }).catch((error: unknown) => {
      run.ctx.log.warn({ err: error, key }, "an abandoned upload stays in the bucket");
    });
  }
  return {
    type: "failed",
    failure,
    write: async (tx) => {
      await tx.migrationStep.update({ where: { id: run.step.id }, data: { checkpoint: Prisma.DbNull } });
    },
  };
}

function readCheckpoint(
  value: unknown,
): { uploadId: string; partSize: number; sizeBytes: number; mtimeMs: number } | null {
  if (!isRecord(value)) return null;
  const { uploadId, partSize, sizeBytes, mtimeMs } = value;
  if (typeof uploadId !== "string" || typeof partSize !== "number") return null;
  if (typeof sizeBytes !== "number" || typeof mtimeMs !== "number") return null;
  return { uploadId, partSize, sizeBytes, mtimeMs };
}

import { uploadFile } from "@/lib/oss/upload-file";
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
  const receipt = await uploadFile({
    store,
    bucket,
    key: file.objectKey,
    localPath,
    checkpoint: readCheckpoint(step.checkpoint),
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

function readCheckpoint(
  value: unknown,
): { uploadId: string; partSize: number; sizeBytes: number; mtimeMs: number } | null {
  if (!isRecord(value)) return null;
  const { uploadId, partSize, sizeBytes, mtimeMs } = value;
  if (typeof uploadId !== "string" || typeof partSize !== "number") return null;
  if (typeof sizeBytes !== "number" || typeof mtimeMs !== "number") return null;
  return { uploadId, partSize, sizeBytes, mtimeMs };
}

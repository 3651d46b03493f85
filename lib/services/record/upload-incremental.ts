import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { UploadIncrementalInput } from "@/lib/contracts/record-input";
import { AppError } from "@/lib/diagnosis/app-error";
import { type ImportCallRequest, importEffect, importTarget } from "@/lib/once/import-effect";
import { askOnce } from "./ask-once";
import { findWaitingTask } from "./find-waiting-task";
import { judgeNextFile } from "./judge-next-file";

/**
 * *Upload Incremental Files*: hands a differential or log object to a waiting task, after its header says that it may. Goes
 * through lib/once and counts in the day's imports; when neither answer nor look tells, `import_outcome_unknown`.
 */
export async function uploadIncremental({
  ctx,
  input,
}: Use<{ taskId: string; upload: UploadIncrementalInput }>): Promise<{ rdsTaskId: string }> {
  requireRole(ctx.actor, "operator");
  const upload = UploadIncrementalInput.parse(input.upload);
  const { connectionId, instanceId, bucket, key, unread = false } = upload;
  const { taskId } = input;
  const found = await findWaitingTask(ctx, { connectionId, instanceId, taskId });
  const { databaseName } = found.task;
  const owner = { connectionId, migrationId: null, stepId: null, fileId: null };
  const target = importTarget({ instanceId, databaseName, key }, owner);
  const unknown = () => new AppError("external_timeout", "import_outcome_unknown", { taskId, key });
  const call = await askOnce(ctx, importEffect, {
    target,
    unknown,
    prepare: async (): Promise<ImportCallRequest> => {
      const set = await judgeNextFile(ctx, found, { connectionId, instanceId, bucket, key, unread });
      const objects = await ctx.clients.objects(connectionId);
      const { extranetEndpoint } = await objects.bucketInfo(bucket);
      return {
        instanceId,
        databaseName,
        method: "access_pending",
        taskId,
        checkMode: "async",
        object: { endpoint: extranetEndpoint, bucket, key },
        lastLsn: set?.lastLsn?.toString() ?? null,
      };
    },
  });
  // Of an earlier try of this file, which came through.
  if (!call.isNew) throw new AppError("conflict", "object_already_in_task", { key, taskId });
  const { requestId } = call.row;
  ctx.log.info({ instanceId, taskId, key, requestId, unread, by: ctx.actor.id }, "file handed over");
  return { rdsTaskId: call.row.reference ?? taskId };
}

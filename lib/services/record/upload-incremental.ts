import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { UploadIncrementalInput } from "@/lib/contracts/record-input";
import { AppError } from "@/lib/diagnosis/app-error";
import { objectBaseName } from "@/lib/migration/object-name";
import { ImportCallRequest, importEffect, importTarget } from "@/lib/once/import-effect";
import { mayBeSentAgain } from "@/lib/rds/failed-file";
import type { RdsFile } from "@/lib/rds/rds-account";
import { askOnce } from "./ask-once";
import { checkIncremental } from "./check-incremental";
import { findWaitingTask } from "./find-waiting-task";

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
  const { connectionId, instanceId, bucket, key } = upload;
  const { taskId } = input;
  const { rds, task, migration } = await findWaitingTask(ctx, { connectionId, instanceId, taskId });
  const { databaseName } = task;
  const owner = { connectionId, migrationId: null, stepId: null, fileId: null };
  const target = importTarget({ instanceId, databaseName, key }, owner);
  const unknown = () => new AppError("external_timeout", "import_outcome_unknown", { taskId, key });
  const call = await askOnce(ctx, importEffect, {
    target,
    unknown,
    prepare: async (): Promise<ImportCallRequest> => {
      const files = await rds.listFiles({ instanceId, taskId });
      if (isAmong(files, key)) throw new AppError("conflict", "object_already_in_task", { key, taskId });
      const since = await restoredSince(ctx, files, { subject: target.subject, taskId });
      const ofTask = { migration, files, restoredSince: since };
      const set = await checkIncremental(ctx, { connectionId, bucket, key }, ofTask);
      const objects = await ctx.clients.objects(connectionId);
      const { extranetEndpoint } = await objects.bucketInfo(bucket);
      return {
        instanceId,
        databaseName,
        method: "access_pending",
        taskId,
        checkMode: "async",
        object: { endpoint: extranetEndpoint, bucket, key },
        lastLsn: set.lastLsn?.toString() ?? null,
      };
    },
  });
  // Of an earlier try of this file, which came through.
  if (!call.isNew) throw new AppError("conflict", "object_already_in_task", { key, taskId });
  const { requestId } = call.row;
  ctx.log.info({ instanceId, taskId, key, requestId, by: ctx.actor.id }, "file handed over");
  return { rdsTaskId: call.row.reference ?? taskId };
}

/** A failed file may be handed over again under the same name; anything else of that name is there already. */
function isAmong(files: RdsFile[], key: string): boolean {
  const name = objectBaseName(key);
  return files.some((file) => objectBaseName(file.fileName) === name && !mayBeSentAgain(file.status));
}

/** Last LSNs of files that were handed to the task from here, and that RDS has restored. */
async function restoredSince(
  ctx: Ctx,
  files: RdsFile[],
  of: { subject: string; taskId: string },
): Promise<string[]> {
  const restored = new Set(
    files.filter((file) => file.status === "restored").map((file) => objectBaseName(file.fileName)),
  );
  const accepted = await ctx.db.onceCall.findMany({
    where: {
      kind: "import",
      subject: of.subject,
      reference: of.taskId,
      migrationId: null,
      outcome: "accepted",
    },
    select: { item: true, request: true },
  });
  return accepted.flatMap(({ item, request }) => {
    const { lastLsn } = ImportCallRequest.parse(request);
    return lastLsn !== null && restored.has(objectBaseName(item)) ? [lastLsn] : [];
  });
}

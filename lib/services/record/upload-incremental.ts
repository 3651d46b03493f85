import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { UploadIncrementalInput } from "@/lib/contracts/record";
import { AppError } from "@/lib/diagnosis/app-error";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { objectBaseName } from "@/lib/migration/object-name";
import type { RdsAccount, RdsFile } from "@/lib/rds/rds-account";
import { checkIncremental } from "./check-incremental";
import { findWaitingTask } from "./find-waiting-task";
import {
  type ImportIntent,
  type IntentRef,
  listAccepted,
  readIntent,
  settleIntent,
  writeIntent,
} from "./import-intent";

/** An intent this old whose file RDS does not show did not happen: RDS lists a file as soon as it takes the call. */
const SETTLED_AFTER_MS = 60_000;

/**
 * *Upload Incremental Files*: hands a differential or log object to a waiting task, after its header says that it may. The
 * intent is written first; when no answer comes RDS's own list of files decides, and if that cannot, a person.
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
  const ref: IntentRef = { connectionId, instanceId, taskId, bucket, key };
  const files = await rds.listFiles({ instanceId, taskId });
  const seen = await refuseRepetition(ctx, files, ref);
  const since = await restoredSince(ctx, files, ref);
  const set = await checkIncremental(ctx, { connectionId, bucket, key }, migration, since);
  const objects = await ctx.clients.objects(connectionId);
  const { extranetEndpoint } = await objects.bucketInfo(bucket);
  if (!(await writeIntent(ctx, ref, { seen, lastLsn: set.lastLsn?.toString() ?? null })))
    throw outcomeUnknown(ref);
  try {
    const answer = await rds.createImport({
      instanceId,
      databaseName: task.databaseName,
      method: "access_pending",
      taskId,
      checkMode: "async",
      object: { endpoint: extranetEndpoint, bucket, key },
    });
    await settleIntent(ctx, ref, "accepted", answer.requestId);
    ctx.log.info(
      { instanceId, taskId, key, requestId: answer.requestId, by: ctx.actor.id },
      "file handed over",
    );
    return { rdsTaskId: answer.taskId };
  } catch (error) {
    if (!isExternalError(error)) throw error;
    if (!error.fields.mayHaveHappened) {
      await settleIntent(ctx, ref, "refused", error.fields.providerRequestId);
      throw error;
    }
    if (await lookAgain(rds, ref)) {
      await settleIntent(ctx, ref, "accepted", null);
      return { rdsTaskId: taskId };
    }
    // The intent stays open: the next try looks again first.
    throw outcomeUnknown(ref);
  }
}

/** Looks before it hands over: by RDS's list of files, then by our own open intent. */
async function refuseRepetition(ctx: Ctx, files: RdsFile[], ref: IntentRef): Promise<ImportIntent | null> {
  const intent = await readIntent(ctx, ref);
  if (isAmong(files, ref.key)) {
    if (intent?.outcome === "intended") await settleIntent(ctx, ref, "accepted", null);
    throw new AppError("conflict", "object_already_in_task", { key: ref.key, taskId: ref.taskId });
  }
  if (intent?.outcome !== "intended") return intent;
  const age = ctx.now().getTime() - Date.parse(intent.intendedAt);
  if (age < SETTLED_AFTER_MS) throw outcomeUnknown(ref);
  return intent;
}

/** After a lost answer. When RDS cannot be asked either, the question stays open. */
async function lookAgain(rds: RdsAccount, ref: IntentRef): Promise<boolean> {
  try {
    return isAmong(await rds.listFiles({ instanceId: ref.instanceId, taskId: ref.taskId }), ref.key);
  } catch (error) {
    if (isExternalError(error)) return false;
    throw error;
  }
}

/** A failed file may be handed over again under the same name; anything else of that name is there already. */
function isAmong(files: RdsFile[], key: string): boolean {
  const name = objectBaseName(key);
  return files.some((file) => objectBaseName(file.fileName) === name && !FAILED.has(file.status));
}

async function restoredSince(ctx: Ctx, files: RdsFile[], ref: IntentRef): Promise<string[]> {
  const restored = new Set(
    files.filter((file) => file.status === "restored").map((file) => objectBaseName(file.fileName)),
  );
  const accepted = await listAccepted(ctx, ref);
  return accepted.flatMap((intent) =>
    intent.lastLsn !== null && restored.has(objectBaseName(intent.key)) ? [intent.lastLsn] : [],
  );
}

const FAILED: ReadonlySet<string> = new Set([
  "download_failed",
  "checksum_failed",
  "check_failed",
  "restore_failed",
  "deleted",
]);

function outcomeUnknown(ref: IntentRef): AppError {
  return new AppError("external_timeout", "import_outcome_unknown", { taskId: ref.taskId, key: ref.key });
}

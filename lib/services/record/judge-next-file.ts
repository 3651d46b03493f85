import type { BackupSet } from "@/lib/backup/header";
import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { AppError } from "@/lib/diagnosis/app-error";
import { objectBaseName } from "@/lib/migration/object-name";
import { ImportCallRequest } from "@/lib/once/import-effect";
import { targetSubject } from "@/lib/once/once-effect";
import { mayBeSentAgain } from "@/lib/rds/failed-file";
import { listFilesIfTold } from "@/lib/rds/list-files-if-told";
import type { RdsAccount, RdsFile, RdsTask } from "@/lib/rds/rds-account";
import type { Migration } from "@/lib/store/generated/client";
import { checkIncremental } from "./check-incremental";
import { findWaitingTask } from "./find-waiting-task";

interface NextFile {
  connectionId: string;
  instanceId: string;
  bucket: string;
  key: string;
  /** A person says that it goes in although it cannot be read here. */
  unread?: boolean;
}

/** What *Upload Incremental Files* would say of this object, before anybody asks for it. Throws what that would throw. */
export async function judgeIncremental({
  ctx,
  input,
}: Use<NextFile & { taskId: string }>): Promise<{ key: string }> {
  requireRole(ctx.actor, "viewer");
  const { taskId, ...next } = input;
  await judgeNextFile(ctx, await findWaitingTask(ctx, { ...next, taskId }), next);
  return { key: next.key };
}

/**
 * The backup set of an object that the waiting task takes as its next file; null where nobody but the person who hands it over
 * knows what it is. Throws `conflict`/`object_already_in_task`, and
 * `precondition_failed` with the reason why it does not go in.
 */
export async function judgeNextFile(
  ctx: Ctx,
  { rds, task, migration }: { rds: RdsAccount; task: RdsTask; migration: Migration | null },
  { connectionId, instanceId, bucket, key, unread = false }: NextFile,
): Promise<BackupSet | null> {
  const { taskId, databaseName } = task;
  const files = await listFilesIfTold(rds, { instanceId, taskId });
  const handed = await handedOver(ctx, { subject: targetSubject(instanceId, databaseName), taskId });
  // Where the edition lists no files our own record is all that tells; a task that waits has restored what it took.
  const restored = handed.filter(({ item }) => files === null || isRestored(files, item));
  if (files !== null && isAmong(files, key))
    throw new AppError("conflict", "object_already_in_task", { key, taskId });
  const ofTask = {
    migration,
    files: files ?? [],
    unread,
    restoredSince: restored.flatMap(({ lastLsn }) => (lastLsn === null ? [] : [lastLsn])),
  };
  return checkIncremental(ctx, { connectionId, bucket, key }, ofTask);
}

/** A failed file may be handed over again under the same name; anything else of that name is there already. */
function isAmong(files: RdsFile[], key: string): boolean {
  const name = objectBaseName(key);
  return files.some((file) => objectBaseName(file.fileName) === name && !mayBeSentAgain(file.status));
}

function isRestored(files: RdsFile[], key: string): boolean {
  const name = objectBaseName(key);
  return files.some(({ fileName, status }) => status === "restored" && objectBaseName(fileName) === name);
}

/** Files that were handed to the task from the records, with where the target stands after each. */
async function handedOver(
  ctx: Ctx,
  of: { subject: string; taskId: string },
): Promise<{ item: string; lastLsn: string | null }[]> {
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
  return accepted.map(({ item, request }) => ({ item, lastLsn: ImportCallRequest.parse(request).lastLsn }));
}

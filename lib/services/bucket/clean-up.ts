import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { CleanUpInput, CleanUpView } from "@/lib/contracts/bucket";
import { AppError } from "@/lib/diagnosis/app-error";
import { isRevertOpen, NO_AFTERCARE } from "@/lib/migration/aftercare";
import type { NewEvent } from "@/lib/migration/vocabulary/events";
import { appendEvents } from "@/lib/store/append-events";
import { readMigration } from "@/lib/store/typed-rows";
import { findLeftovers, loadCleaned } from "./list-leftovers";

/**
 * Deletes what a person chose of a finished migration's objects, then the bucket when nothing else is in it. What was not
 * listed as this migration's is never touched; repeating it goes on where it stopped. Throws `conflict` with
 * `cleanup_too_early`, `cleanup_not_ours`, `bucket_not_empty`; `validation`/`name_does_not_match`; ExternalError.
 */
export async function cleanUp({
  ctx,
  input,
}: Use<CleanUpInput & { migrationId: string }>): Promise<CleanUpView> {
  requireRole(ctx.actor, "operator");
  const row = await loadCleaned(ctx, input.migrationId);
  const { bucket } = row;
  if (input.deleteBucket && input.confirmName !== bucket) {
    throw new AppError("validation", "name_does_not_match", { expected: bucket }, [
      { path: "confirmName", reason: "field_invalid" },
    ]);
  }
  if (isRevertOpen(readMigration(row).aftercare ?? NO_AFTERCARE, ctx.now().getTime()))
    throw new AppError("conflict", "cleanup_way_back_open");
  const store = await ctx.clients.objects(row.cloudConnectionId);
  const found = await findLeftovers(row, store);
  if (found.waitsFor !== null) throw new AppError("conflict", "cleanup_too_early");
  const ours = new Map(found.objects.filter((one) => one.kind !== "upload").map((one) => [one.key, one]));
  const chosen = [...new Set(input.keys)];
  const known = new Set(row.files.map((file) => file.objectKey));
  const foreign = chosen.find((key) => !ours.has(key) && !known.has(key));
  if (foreign !== undefined) throw new AppError("conflict", "cleanup_not_ours", { key: foreign });
  const stays = found.others + [...ours.keys()].filter((key) => !chosen.includes(key)).length;
  if (input.deleteBucket && stays > 0) throw new AppError("conflict", "bucket_not_empty", { count: stays });

  const events: NewEvent[] = [];
  const outcome: CleanUpView = { deleted: 0, deletedBytes: 0, aborted: 0, bucketDeleted: false };
  try {
    for (const { key, uploadId } of found.objects) {
      if (!(input.abortUploads || input.deleteBucket) || uploadId === null) continue;
      await store.abortUpload({ bucket, key, uploadId });
      outcome.aborted += 1;
    }
    for (const key of chosen) {
      const object = ours.get(key);
      if (!object) continue;
      await store.deleteObject({ bucket, key });
      outcome.deleted += 1;
      outcome.deletedBytes += object.sizeBytes;
    }
    if (input.deleteBucket) {
      await store.deleteBucket(bucket);
      outcome.bucketDeleted = true;
      events.push({ type: "bucket_deleted", payload: { bucket } });
    }
  } finally {
    const { deleted, deletedBytes } = outcome;
    if (deleted > 0)
      events.unshift({ type: "bucket_cleaned", payload: { count: deleted, sizeBytes: deletedBytes } });
    if (events.length > 0) {
      await ctx.db.$transaction((tx) =>
        appendEvents(tx, { migrationId: row.id, actor: ctx.actor.name, at: ctx.now(), events }),
      );
    }
  }
  return outcome;
}

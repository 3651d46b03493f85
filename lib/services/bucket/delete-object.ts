import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { DeleteObjectInput, DeleteObjectView } from "@/lib/contracts/bucket";
import { AppError } from "@/lib/diagnosis/app-error";
import { objectBaseName } from "@/lib/migration/object-name";
import { appendEvents } from "@/lib/store/append-events";
import { loadConnection } from "@/lib/store/load-connection";

/** Migrations that are over: nothing of theirs is read any more. */
const OVER = ["succeeded", "cancelled"];

/**
 * Deletes one object of a bucket, and says so in the record of every migration that has a file of this key there. Throws
 * `validation`/`name_does_not_match`, `conflict`/`object_in_use` while one of them is under way, `not_found`, ExternalError.
 */
export async function deleteObject({
  ctx,
  input,
}: Use<DeleteObjectInput & { connectionId: string; bucket: string }>): Promise<DeleteObjectView> {
  requireRole(ctx.actor, "operator");
  const { bucket, key, confirmName } = input;
  const expected = objectBaseName(key);
  if (confirmName !== expected) {
    throw new AppError("validation", "name_does_not_match", { expected }, [
      { path: "confirmName", reason: "field_invalid" },
    ]);
  }
  const { id } = await loadConnection(ctx.db, input.connectionId, "cloud_account");
  const files = await ctx.db.backupFile.findMany({
    where: { objectKey: key, migration: { bucket } },
    select: { migration: { select: { id: true, name: true, status: true } } },
  });
  const using = files.find(({ migration }) => !OVER.includes(migration.status));
  if (using) throw new AppError("conflict", "object_in_use", { key, name: using.migration.name });
  const store = await ctx.clients.objects(id);
  const object = await store.headObject({ bucket, key });
  if (object === null) throw new AppError("not_found", "object_not_found", { bucket, key });
  await store.deleteObject({ bucket, key });
  const { sizeBytes } = object;
  // The record of one that no migration knows is the log, which keeps warnings by default: there is nothing else that it belongs to.
  ctx.log.warn({ actor: ctx.actor.name, bucket, key, sizeBytes }, "object deleted");
  for (const { migration } of files) {
    await ctx.db.$transaction((tx) =>
      appendEvents(tx, {
        migrationId: migration.id,
        actor: ctx.actor.name,
        at: ctx.now(),
        events: [{ type: "bucket_cleaned", payload: { count: 1, sizeBytes } }],
      }),
    );
  }
  return { sizeBytes, migrations: files.length };
}

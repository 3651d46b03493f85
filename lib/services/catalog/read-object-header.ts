import type { BackupReading } from "@/lib/backup/header";
import { readBackup } from "@/lib/backup/read-backup";
import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { toBackupSetView } from "@/lib/contracts/backup-set-view";
import type { ObjectHeaderView } from "@/lib/contracts/catalog";
import { AppError } from "@/lib/diagnosis/app-error";
import { objectByteSource } from "@/lib/oss/object-byte-source";
import { loadConnection } from "../connection/load-connection";

/** Readings by connection, bucket, key and ETag: an object that was written again has another ETag. Oldest go first. */
const cache = new Map<string, BackupReading>();
const CACHE_SIZE = 500;

/** What an object's header says. An object that is no backup is an answer (`error`), not a failure. */
export async function readObjectHeader({
  ctx,
  input,
}: Use<{ connectionId: string; bucket: string; key: string }>): Promise<ObjectHeaderView> {
  requireRole(ctx.actor, "operator");
  const reading = await readObjectBackup(ctx, input);
  const base = {
    key: input.key,
    sizeBytes: reading.sizeBytes,
    reads: reading.reads,
    bytesRead: reading.bytesRead,
  };
  if (!reading.ok) return { ...base, complete: false, container: null, sets: [], error: reading.error };
  return {
    ...base,
    complete: reading.complete,
    container: reading.container,
    sets: reading.sets.map(toBackupSetView),
    error: null,
  };
}

/** The same as the reader gives it, for other use cases. Throws `not_found` when there is no such object. */
export async function readObjectBackup(
  ctx: Ctx,
  object: { connectionId: string; bucket: string; key: string },
): Promise<BackupReading> {
  const { bucket, key } = object;
  const { id } = await loadConnection(ctx.db, object.connectionId, "cloud_account");
  const store = await ctx.clients.objects(id);
  const head = await store.headObject({ bucket, key });
  if (!head) throw new AppError("not_found", "object_not_found", { bucket, key });
  const version = JSON.stringify([id, bucket, key, head.etag, head.sizeBytes]);
  const known = cache.get(version);
  if (known) return known;
  const reading = await readBackup(objectByteSource(store, bucket, key, head.sizeBytes));
  cache.set(version, reading);
  for (const oldest of cache.keys()) {
    if (cache.size <= CACHE_SIZE) break;
    cache.delete(oldest);
  }
  return reading;
}

import type { BackupReading } from "@/lib/backup/header";
import { readBackup } from "@/lib/backup/read-backup";
import { AppError } from "@/lib/diagnosis/app-error";
import { objectByteSource } from "./object-byte-source";
import type { ObjectStore } from "./object-store";

/** Readings by connection, bucket, key and ETag: an object that was written again has another ETag. Oldest go first. */
const cache = new Map<string, BackupReading>();
const CACHE_SIZE = 500;

/** What an object's header says; `connectionId` names the store in the cache. Throws `not_found` when there is no such object. */
export async function readObjectBackup(
  store: ObjectStore,
  object: { connectionId: string; bucket: string; key: string },
): Promise<BackupReading> {
  const { connectionId, bucket, key } = object;
  const head = await store.headObject({ bucket, key });
  if (!head) throw new AppError("not_found", "object_not_found", { bucket, key });
  const version = JSON.stringify([connectionId, bucket, key, head.etag, head.sizeBytes]);
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

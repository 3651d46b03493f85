import type { BackupReading, BackupSet } from "@/lib/backup/header";
import type { Ctx } from "@/lib/context/context";
import { AppError } from "@/lib/diagnosis/app-error";
import { objectBaseName } from "@/lib/migration/object-name";
import { isSeal, type Seal } from "@/lib/migration/vocabulary/witness";
import { setOfHistory } from "@/lib/steps/find-file/set-of-history";
import { witnessedReading } from "@/lib/steps/inspect/witnessed-reading";
import type { Migration } from "@/lib/store/generated/client";
import { readFile } from "@/lib/store/typed-rows";

interface SealedObject {
  connectionId: string;
  bucket: string;
  key: string;
}

/** What others say of an object whose bytes cannot be read here. */
export interface WitnessedObject {
  seal: Seal;
  /** Null: nobody knows what it is. */
  set: BackupSet | null;
  /** A person is to say that it may go on: nobody knows it, or it is encrypted and nobody of ours took it. */
  asks: boolean;
}

/**
 * Asks who else knows an object: the record of the migrations that staged it there, else the history of the migration's source for a
 * file of its name and size. Null: its bytes can be read, or it is no backup at all. Throws `precondition_failed` for what the
 * sealed file itself shows: cut off, or several sets in it.
 */
export async function witnessObject(
  ctx: Ctx,
  object: SealedObject,
  reading: BackupReading,
  migration: Migration | null,
): Promise<WitnessedObject | null> {
  if (reading.ok || !isSeal(reading.error.code)) return null;
  const { key } = object;
  const { sealed } = reading;
  if (sealed && !sealed.complete) throw new AppError("precondition_failed", "object_incomplete", { key });
  if (sealed && sealed.setCount > 1)
    throw new AppError("precondition_failed", "object_several_sets", { key, sets: sealed.setCount });
  const seal = reading.error.code;
  const recorded = await recordedSet(ctx, object, reading);
  if (recorded) return { seal, ...recorded };
  // A source that cannot be asked now says nothing: then a person is asked.
  const set = await setOfHistory(ctx, migration?.sourceConnectionId ?? null, {
    file: objectBaseName(key),
    sizeBytes: reading.sizeBytes,
  });
  return { seal, set, asks: set === null || seal === "encrypted" };
}

/** By a migration's own file of that very object: what a person or the server said of it, or that we took it, stands. */
async function recordedSet(
  ctx: Ctx,
  { connectionId, bucket, key }: SealedObject,
  reading: BackupReading,
): Promise<{ set: BackupSet; asks: boolean } | null> {
  const rows = await ctx.db.backupFile.findMany({
    where: { objectKey: key, migration: { cloudConnectionId: connectionId, bucket } },
    orderBy: { createdAt: "desc" },
  });
  if (rows.length === 0) return null;
  const object = await (await ctx.clients.objects(connectionId)).headObject({ bucket, key });
  if (object === null) throw new AppError("precondition_failed", "object_not_found", { key, bucket });
  for (const row of rows) {
    const file = readFile(row);
    const read = witnessedReading(reading, file, object);
    const set = read.ok ? read.sets[0] : undefined;
    if (set) return { set, asks: file.unread !== null };
  }
  return null;
}

import type { BackupSet } from "@/lib/backup/header";
import { targetAfter } from "@/lib/chain/target-after";
import type { ChainTarget } from "@/lib/chain/verdict";
import type { Ctx } from "@/lib/context/context";
import { isAppError } from "@/lib/diagnosis/app-error";
import { namesObject, objectBaseName } from "@/lib/migration/object-name";
import type { ObjectStore } from "@/lib/oss/object-store";
import { readObjectBackup } from "@/lib/oss/read-object-backup";
import type { RdsFile } from "@/lib/rds/rds-account";

/** What the files of a task have brought, as their headers say. */
export interface TaskTarget {
  target: ChainTarget;
  /** Of the full's header: the name at the source. */
  database: string | null;
  /** Every restored file was found: the target stands exactly where `target` says, and not further. */
  whole: boolean;
}

interface Place {
  connectionId: string;
  bucket: string;
  /** Where the task's next file lies: its predecessors are looked for beside it first. */
  key: string;
}

/** A bucket of more is not searched through: the files are looked for beside the next one only. */
const MOST_PAGES = 5;

/**
 * What a task that nobody here began holds: RDS names its files, and their headers are read where they lie. Null where its full
 * is not found in the bucket: then nothing is known of it.
 */
export async function readTaskTarget(
  ctx: Ctx,
  at: Place,
  files: readonly RdsFile[],
): Promise<TaskTarget | null> {
  const restored = files
    .filter(({ status }) => status === "restored")
    .sort((a, b) => (a.createdAt ?? "").localeCompare(b.createdAt ?? ""));
  if (restored.length === 0) return null;
  const objects = await ctx.clients.objects(at.connectionId);
  const sets: (BackupSet | null)[] = [];
  for (const { fileName } of restored) sets.push(await findSet(objects, at, fileName));
  return sets.reduce<TaskTarget | null>(heldAfter, null);
}

/** `set`: null where the file was not found. */
function heldAfter(held: TaskTarget | null, set: BackupSet | null): TaskTarget | null {
  if (set?.type === "full")
    return { target: targetAfter(null, set), database: set.databaseName, whole: true };
  if (held === null) return null;
  return set === null ? { ...held, whole: false } : { ...held, target: targetAfter(held.target, set) };
}

/** The one set of the object that RDS shows under this name; null where no such object is found, or it can't be read. */
async function findSet(objects: ObjectStore, at: Place, fileName: string): Promise<BackupSet | null> {
  const { connectionId, bucket } = at;
  const beside = at.key.slice(0, at.key.lastIndexOf("/") + 1) + objectBaseName(fileName);
  for (const key of new Set([fileName, beside])) {
    const set = await setOf(objects, { connectionId, bucket, key });
    if (set) return set;
  }
  const key = await findKey(objects, bucket, fileName);
  return key === null ? null : setOf(objects, { connectionId, bucket, key });
}

async function setOf(
  objects: ObjectStore,
  object: { connectionId: string; bucket: string; key: string },
): Promise<BackupSet | null> {
  try {
    const reading = await readObjectBackup(objects, object);
    return reading.ok && reading.sets.length === 1 ? (reading.sets[0] ?? null) : null;
  } catch (error) {
    if (isAppError(error) && error.fields.code === "not_found") return null;
    throw error;
  }
}

/** Null also where several objects have the name: nobody can tell which of them RDS took. */
async function findKey(objects: ObjectStore, bucket: string, fileName: string): Promise<string | null> {
  const found: string[] = [];
  let continuationToken: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const listed = await objects.listObjects({
      bucket,
      prefix: "",
      limit: 1_000,
      ...(continuationToken === null ? {} : { continuationToken }),
    });
    for (const { key } of listed.objects) if (namesObject(fileName, key)) found.push(key);
    continuationToken = listed.nextContinuationToken;
    if (continuationToken === null) break;
  }
  const [only, ...more] = found;
  return continuationToken === null && more.length === 0 ? (only ?? null) : null;
}

import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { LeftoverView } from "@/lib/contracts/bucket";
import { AppError } from "@/lib/diagnosis/app-error";
import type { ObjectStore } from "@/lib/oss/object-store";
import type { BackupFile, Migration } from "@/lib/store/generated/client";
import { readFile } from "@/lib/store/typed-rows";

const OTHERS_COUNTED = 1000;

/** A migration with what is needed to find its objects. */
export type CleanedMigration = Migration & {
  files: BackupFile[];
  browserUploads: { objectKey: string }[];
  bucket: string;
  cloudConnectionId: string;
};

/**
 * Everything this migration put or found in its bucket and that is still there: nothing is deleted that was not listed.
 * Throws `not_found`, `precondition_failed`/`no_bucket`, ExternalError.
 */
export async function listLeftovers({ ctx, input }: Use<{ migrationId: string }>): Promise<LeftoverView> {
  requireRole(ctx.actor, "operator");
  const row = await loadCleaned(ctx, input.migrationId);
  return findLeftovers(row, await ctx.clients.objects(row.cloudConnectionId));
}

/** Throws `not_found`, `precondition_failed`/`no_bucket`. */
export async function loadCleaned(ctx: Pick<Ctx, "db">, migrationId: string): Promise<CleanedMigration> {
  const row = await ctx.db.migration.findUnique({
    where: { id: migrationId },
    include: { files: true, browserUploads: { select: { objectKey: true } } },
  });
  if (!row) throw new AppError("not_found", "migration_not_found");
  const { bucket, cloudConnectionId } = row;
  if (bucket === null || cloudConnectionId === null) throw new AppError("precondition_failed", "no_bucket");
  return { ...row, bucket, cloudConnectionId };
}

export async function findLeftovers(row: CleanedMigration, store: ObjectStore): Promise<LeftoverView> {
  const { bucket } = row;
  const ours = new Map<string, "object" | "original">();
  for (const { objectKey, original } of row.files.map(readFile)) {
    ours.set(objectKey, "object");
    // The archive or badly named object that ours was made from, where it lies in the bucket too.
    if (original?.place === "bucket" && !ours.has(original.identity)) ours.set(original.identity, "original");
  }
  const unfinished = new Set(row.browserUploads.map(({ objectKey }) => objectKey));
  const objects: LeftoverView["objects"] = [];
  let others = 0;
  let token: string | null = null;
  do {
    const page: Awaited<ReturnType<ObjectStore["listObjects"]>> = await store.listObjects({
      bucket,
      prefix: "",
      ...(token === null ? {} : { continuationToken: token }),
    });
    for (const { key, sizeBytes } of page.objects) {
      const kind = ours.get(key);
      if (kind) objects.push({ key, sizeBytes, kind, uploadId: null });
      else others += 1;
    }
    token = page.nextContinuationToken;
    // The rest of a large bucket is of no interest once all of ours are found.
  } while (token !== null && (others < OTHERS_COUNTED || objects.length < ours.size));
  const uploads = await store.listUploads({ bucket, prefix: row.prefix ?? "" });
  for (const { key, uploadId } of uploads) {
    if (ours.has(key) || unfinished.has(key)) objects.push({ key, sizeBytes: 0, kind: "upload", uploadId });
    else others += 1;
  }
  return {
    bucket,
    waitsFor: waitsFor(row),
    objects,
    totalBytes: objects.reduce((sum, object) => sum + object.sizeBytes, 0),
    others: Math.min(others, OTHERS_COUNTED),
  };
}

/** RDS reads an object until its task ends: the guide says not to delete it before. */
function waitsFor(row: CleanedMigration): LeftoverView["waitsFor"] {
  if (row.files.some((file) => file.state === "importing")) return "importing";
  const over = row.onlineAt !== null || row.status === "succeeded" || row.status === "cancelled";
  return over ? null : "running";
}

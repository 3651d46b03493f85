import type { Ctx } from "@/lib/context/context";
import { AppError } from "@/lib/diagnosis/app-error";
import type { ObjectStore } from "@/lib/oss/object-store";
import type { BrowserUpload, Migration } from "@/lib/store/generated/client";

/** The bucket of a migration that takes files from browsers. */
export interface UploadPlace {
  migration: Migration;
  bucket: string;
  store: ObjectStore;
}

/** Throws `not_found`, and `conflict` when the migration takes no files from browsers or is over. */
export async function loadPlace(ctx: Ctx, migrationId: string): Promise<UploadPlace> {
  const migration = await ctx.db.migration.findUnique({ where: { id: migrationId } });
  if (!migration) throw new AppError("not_found", "migration_not_found");
  const over = ["draft", "cancelled", "succeeded"].includes(migration.status);
  const { bucket, cloudConnectionId } = migration;
  if (over || migration.transport !== "browser" || bucket === null || cloudConnectionId === null) {
    throw new AppError("conflict", "upload_not_taken");
  }
  return { migration, bucket, store: await ctx.clients.objects(cloudConnectionId) };
}

/** An upload that is under way, with its place. Throws `not_found` and `conflict`. */
export async function loadOpenUpload(
  ctx: Ctx,
  input: { migrationId: string; uploadId: string },
): Promise<UploadPlace & { row: BrowserUpload; part: { bucket: string; key: string; uploadId: string } }> {
  const place = await loadPlace(ctx, input.migrationId);
  const row = await ctx.db.browserUpload.findFirst({
    where: { id: input.uploadId, migrationId: input.migrationId },
  });
  if (!row) throw new AppError("not_found", "upload_not_found");
  if (row.state !== "sending" || row.uploadId === null) throw new AppError("conflict", "upload_is_over");
  return { ...place, row, part: { bucket: place.bucket, key: row.objectKey, uploadId: row.uploadId } };
}

/** How a file is cut into parts. */
export type PartPlan = Pick<BrowserUpload, "sizeBytes" | "partSize">;

/** Bytes of one part; 0 when the upload has no such part. */
export function partBytes(row: PartPlan, number: number): number {
  const offset = (number - 1) * row.partSize;
  return Math.max(0, Math.min(row.partSize, Number(row.sizeBytes) - offset));
}

export function partCount(row: PartPlan): number {
  return Math.ceil(Number(row.sizeBytes) / row.partSize);
}

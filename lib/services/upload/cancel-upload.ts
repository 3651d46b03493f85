import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { AppError } from "@/lib/diagnosis/app-error";
import { loadPlace } from "./load-upload";

/** Gives an upload up: OSS forgets its parts, so that nobody pays for them. A completed one stays. */
export async function cancelUpload({
  ctx,
  input,
}: Use<{ migrationId: string; uploadId: string }>): Promise<void> {
  requireRole(ctx.actor, "operator");
  const { bucket, store } = await loadPlace(ctx, input.migrationId);
  const row = await ctx.db.browserUpload.findFirst({
    where: { id: input.uploadId, migrationId: input.migrationId },
  });
  if (!row) throw new AppError("not_found", "upload_not_found");
  const cancelled = await ctx.db.browserUpload.updateMany({
    where: { id: row.id, state: "sending" },
    data: { state: "cancelled", finishedAt: ctx.now() },
  });
  if (cancelled.count === 0 && row.state === "completed") throw new AppError("conflict", "upload_is_over");
  if (row.uploadId !== null) await store.abortUpload({ bucket, key: row.objectKey, uploadId: row.uploadId });
}

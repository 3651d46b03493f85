import type { Ctx } from "@/lib/context/context";
import type { Migration } from "@/lib/store/generated/client";

/** Frees what OSS keeps of an unfinished upload. Quiet: what cannot be freed now stays in the bucket and is logged. */
export async function abortUploadOf(
  ctx: Pick<Ctx, "clients" | "log">,
  migration: Pick<Migration, "bucket" | "cloudConnectionId">,
  file: { objectKey: string },
  uploadId: string | undefined,
): Promise<void> {
  const { bucket, cloudConnectionId } = migration;
  if (!uploadId || !bucket || !cloudConnectionId) return;
  try {
    const store = await ctx.clients.objects(cloudConnectionId);
    await store.abortUpload({ bucket, key: file.objectKey, uploadId });
  } catch (error) {
    ctx.log.warn({ err: error, key: file.objectKey }, "an abandoned upload stays in the bucket");
  }
}

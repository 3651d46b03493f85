import { z } from "zod";
import type { Ctx } from "@/lib/context/context";
import type { UploadCheckpoint } from "@/lib/oss/upload-checkpoint";
import type { Migration, MigrationStep, PrismaClient } from "@/lib/store/generated/client";

const Checkpoint = z.object({
  uploadId: z.string(),
  partSize: z.number(),
  sizeBytes: z.number(),
  mtimeMs: z.number(),
  sample: z.string().optional(),
  verified: z.object({ parts: z.number(), crc64: z.string() }).optional(),
  spent: z
    .object({
      elapsedMs: z.number(),
      sentBytes: z.number(),
      retries: z.number(),
      runs: z.number(),
      lanes: z.number(),
    })
    .optional(),
});

/** The checkpoint of an upload step; null when there is none. */
export function readCheckpoint(value: unknown): UploadCheckpoint | null {
  const checkpoint = Checkpoint.safeParse(value);
  if (!checkpoint.success) return null;
  const { sample, verified, spent, ...needed } = checkpoint.data;
  return {
    ...needed,
    ...(sample === undefined ? {} : { sample }),
    ...(verified === undefined ? {} : { verified }),
    ...(spent === undefined ? {} : { spent }),
  };
}

/** Uploads of this file's key that others are at: a browser, another step. They are not leftovers. */
export async function uploadsInUse(
  db: PrismaClient,
  of: {
    stepId: string;
    migration: Pick<Migration, "bucket"> & { steps: readonly MigrationStep[] };
    file: { objectKey: string };
  },
): Promise<ReadonlySet<string>> {
  const browser = await db.browserUpload.findMany({
    where: { objectKey: of.file.objectKey, state: "sending" },
    select: { uploadId: true },
  });
  const others = await db.migrationStep.findMany({
    where: {
      kind: "upload",
      id: { not: of.stepId },
      status: { notIn: ["succeeded", "cancelled", "skipped"] },
      migration: { bucket: of.migration.bucket },
    },
    select: { checkpoint: true },
  });
  const ids = [
    ...browser.map((row) => row.uploadId),
    ...others.map((row) => readCheckpoint(row.checkpoint)?.uploadId),
  ];
  return new Set(ids.filter((id) => typeof id === "string"));
}

/** Frees what OSS keeps of an unfinished upload. Quiet: what cannot be freed now stays in the bucket and is logged. */
export async function abortUploadOf(
  ctx: Ctx,
  migration: Pick<Migration, "bucket" | "cloudConnectionId">,
  file: { objectKey: string },
  checkpoint: unknown,
): Promise<void> {
  const uploadId = readCheckpoint(checkpoint)?.uploadId;
  const { bucket, cloudConnectionId } = migration;
  if (!uploadId || !bucket || !cloudConnectionId) return;
  try {
    const store = await ctx.clients.objects(cloudConnectionId);
    await store.abortUpload({ bucket, key: file.objectKey, uploadId });
  } catch (error) {
    ctx.log.warn({ err: error, key: file.objectKey }, "an abandoned upload stays in the bucket");
  }
}

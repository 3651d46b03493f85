import type { ReadDb } from "@/lib/context/read-db";
import { peekStepData } from "@/lib/migration/step-definition";
import type { Migration } from "@/lib/store/generated/client";
import { upload } from "./definition";

/** Uploads of this file's key that others are at: a browser, another step. They are not leftovers. */
export async function uploadsInUse(
  db: ReadDb,
  of: {
    stepId: string;
    migration: Pick<Migration, "bucket">;
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
    select: { input: true, checkpoint: true, result: true },
  });
  const ids = [
    ...browser.map((row) => row.uploadId),
    ...others.map((row) => peekStepData(upload, row).checkpoint?.uploadId),
  ];
  return new Set(ids.filter((id) => typeof id === "string"));
}

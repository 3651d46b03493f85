import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { UploadListView } from "@/lib/contracts/browser-upload";
import { AppError } from "@/lib/diagnosis/app-error";
import { knownIdentity } from "@/lib/migration/known-timelines";
import { loadMigration } from "@/lib/store/migration-rows";
import { uploadView } from "./upload-view";

const WAITING = ["uploaded", "inspected", "importing"];

/** Uploads of a migration, newest first, with what a page needs to judge further files. */
export async function listUploads({ ctx, input }: Use<{ migrationId: string }>): Promise<UploadListView> {
  requireRole(ctx.actor, "viewer");
  const row = await loadMigration(ctx.db, input.migrationId);
  if (!row) throw new AppError("not_found", "migration_not_found");
  const uploads = await ctx.db.browserUpload.findMany({
    where: { migrationId: row.id, state: { not: "cancelled" } },
    orderBy: { createdAt: "desc" },
  });
  const known = knownIdentity(row.timelines);
  return {
    uploads: uploads.map(uploadView),
    database: row.sourceDatabase,
    target:
      row.targetLsn === null
        ? null
        : {
            lsn: row.targetLsn,
            differentialBaseGuid: row.targetBaseGuid,
            differentialBaseLsn: row.targetBaseLsn,
            lastRecoveryForkGuid: row.targetForkGuid,
            familyGuid: row.targetFamilyGuid,
          },
    known: known && {
      by: known.by,
      familyGuid: known.familyGuid ?? null,
      forkGuid: known.forkGuid ?? null,
    },
    waiting: row.files
      .filter((file) => WAITING.includes(file.state) && file.header !== null)
      .map((file) => ({ name: file.name, header: file.header })),
  };
}

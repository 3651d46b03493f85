import { storedHeader } from "@/lib/backup/stored-header";
import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { toBackupSetView } from "@/lib/contracts/backup-set-view";
import type { BackupFileHeaderView } from "@/lib/contracts/missing-backup";
import { AppError } from "@/lib/diagnosis/app-error";

/** Every fact of one file's header; a migration of thousands of files would carry them all in vain. Throws `not_found`. */
export async function getFileHeader({
  ctx,
  input,
}: Use<{ migrationId: string; fileId: string }>): Promise<BackupFileHeaderView> {
  requireRole(ctx.actor, "viewer");
  const file = await ctx.db.backupFile.findFirst({
    where: { id: input.fileId, migrationId: input.migrationId },
    select: { header: true, sourcePath: true, etag: true, databaseName: true },
  });
  if (!file) throw new AppError("not_found", "file_not_found");
  const { header, ...rest } = file;
  const set = storedHeader(header);
  return { header: set ? toBackupSetView(set) : null, ...rest };
}

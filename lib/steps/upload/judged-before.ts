import type { ByteSource } from "@/lib/backup/header";
import { readBackup } from "@/lib/backup/read-backup";
import { AppError } from "@/lib/diagnosis/app-error";
import type { FileRow } from "@/lib/store/typed-rows";

/**
 * That these bytes are of the backup set that the file was judged by: between look and upload anything may be put in its
 * place. What cannot be read (encrypted, a kind not known) is left to who was asked about it; what plainly is no backup is
 * not sent. Throws AppError `upload_file_swapped`, and what `bytes` throws.
 */
export async function assertJudgedBefore(
  { backupSetGuid, localPath, witness }: Pick<FileRow, "backupSetGuid" | "localPath" | "witness">,
  bytes: ByteSource,
): Promise<void> {
  if (backupSetGuid === null) return;
  const judged = backupSetGuid.toUpperCase();
  const reading = await readBackup(bytes);
  const isSame = reading.ok
    ? reading.sets.some((set) => set.backupSetGuid === null || set.backupSetGuid.toUpperCase() === judged)
    : reading.error.code !== "not_a_backup" || (witness !== null && witness.by !== "bytes");
  if (!isSame) throw new AppError("precondition_failed", "upload_file_swapped", { path: localPath ?? "" });
}

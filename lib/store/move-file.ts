import { statesBefore } from "@/lib/migration/file-transition";
import type { FileState } from "@/lib/migration/vocabulary/file-state";
import type { Prisma } from "./generated/client";

/** Somebody has meanwhile brought the file further than the writer knew. */
export class FileMovedOnError extends Error {
  constructor(fileId: string, to: FileState) {
    super(`File ${fileId} can't become ${to} from where it stands`);
    this.name = "FileMovedOnError";
  }
}

/**
 * Brings a file to a state, and writes what is known of it by then. Throws FileMovedOnError where the state it has does not
 * lead there (lib/migration/file-transition.ts): what RDS was given never becomes ours again by a late write.
 */
export async function moveFile(
  tx: Pick<Prisma.TransactionClient, "backupFile">,
  fileId: string,
  to: FileState,
  columns: Omit<Prisma.BackupFileUpdateManyMutationInput, "state"> = {},
): Promise<void> {
  const moved = await tx.backupFile.updateMany({
    where: { id: fileId, state: { in: statesBefore(to) } },
    data: { ...columns, state: to },
  });
  if (moved.count !== 1) throw new FileMovedOnError(fileId, to);
}

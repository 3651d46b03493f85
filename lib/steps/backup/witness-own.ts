import type { BackupSet } from "@/lib/backup/header";
import { readBackup } from "@/lib/backup/read-backup";
import { isExternalError } from "@/lib/diagnosis/external-error";
import type { FileWitness } from "@/lib/migration/file-witness";
import { isSeal } from "@/lib/migration/vocabulary/witness";
import type { BackupCallRequest } from "@/lib/once/backup-effect";
import type { SourceBackupRow, SourceServer } from "@/lib/sqlserver/source-server";
import { withLocalSource } from "../find-file/list-candidates";

interface Own {
  source: SourceServer;
  taken: BackupCallRequest;
  /** What msdb says that was written. */
  row: SourceBackupRow;
  /** Of the file as it lies here. */
  sizeBytes: number;
  /** A share may show the file, or its end, a little later: bytes that may be cut are looked at again first. */
  patient: boolean;
}

/** How much smaller than msdb says a whole file may be: it counts headers that are not in every file. */
const SIZE_SLACK_BYTES = 65_536;

/**
 * Whether the file that lies here is the backup that msdb speaks of: one set, whole, the same one; and who says so. Its own
 * bytes, else the server that wrote it, else msdb by path and size: a backup of ours is never refused for being in a
 * format that is not known here. Null: it is not, or not yet. Throws what reading the file throws.
 */
export async function witnessOwn(own: Own): Promise<{ set: BackupSet; witness: FileWitness } | null> {
  const { taken, row } = own;
  const reading = await withLocalSource(taken.localPath, (bytes) => readBackup(bytes));
  if (reading.ok) {
    const [set, ...others] = reading.sets;
    const isSame = set !== undefined && others.length === 0 && isSameSet(set, row);
    return isSame && reading.complete ? { set, witness: { by: "bytes", who: null } } : null;
  }
  if (own.patient && !isSeal(reading.error.code)) return null;
  const stored = row.compressedSizeBytes ?? row.sizeBytes;
  if (own.sizeBytes + SIZE_SLACK_BYTES < stored) return null;
  const [read, ...appended] = (await askUnlessRefused(() => own.source.readHeaders(taken.path))) ?? [];
  if (read && appended.length === 0)
    return isSameSet(read, row) ? { set: read, witness: { by: "server", who: null } } : null;
  if (row.backupSetGuid === null || row.path === null || !isSamePath(row.path, taken.path)) return null;
  const setGuid = row.backupSetGuid;
  const recorded = (await askUnlessRefused(() => own.source.findRecordedSets({ setGuid }))) ?? [];
  const set = recorded.find((one) => isSameSet(one, row));
  return set ? { set, witness: { by: "history", who: null } } : null;
}

function isSameSet({ backupSetGuid }: BackupSet, row: SourceBackupRow): boolean {
  return backupSetGuid !== null && backupSetGuid.toUpperCase() === row.backupSetGuid?.toUpperCase();
}

/** msdb keeps the path as BACKUP was given it; a server may have made `\` of `/`. */
function isSamePath(a: string, b: string): boolean {
  return a.replaceAll("/", "\\").toLowerCase() === b.replaceAll("/", "\\").toLowerCase();
}

/** Null: the server may not, or cannot, say. A lost connection stays an error: asked again, it may say more. */
async function askUnlessRefused<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (isExternalError(error) && /^\d+$/.test(error.fields.providerCode ?? "")) return null;
    throw error;
  }
}

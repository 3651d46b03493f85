import { closeSync, ftruncateSync, openSync, writeSync } from "node:fs";
import type { BackupSetSpec } from "@/sandbox/backup-writer/backup-spec";
import { backupBytes, backupFileSize } from "@/sandbox/backup-writer/write-backup";

/** Head and tail hold the header and its closing records; what is between is data that nobody reads here. */
const ENDS_BYTES = 8 * 1024 * 1024;

/** A real backup file whose middle is a hole: it takes its size on no disk. */
export function writeSparseBackup(path: string, set: BackupSetSpec): number {
  const spec = { sets: [set] };
  const size = backupFileSize(spec);
  const file = openSync(path, "w");
  let at = 0;
  for (const piece of backupBytes(spec)) {
    if (at < ENDS_BYTES || at + piece.length > size - ENDS_BYTES) writeSync(file, piece, 0, piece.length, at);
    at += piece.length;
  }
  ftruncateSync(file, size);
  closeSync(file);
  return size;
}

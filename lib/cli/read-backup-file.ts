import type { BackupReading, UnreadableCode } from "@/lib/backup/header";
import { readBackup } from "@/lib/backup/read-backup";
import { openFileByteSource } from "./file-byte-source";

export type FileReading =
  | (BackupReading & { ok: true })
  | { ok: false; error: { code: UnreadableCode | "not_found" | "io_error"; message: string } };

/** Reads the header of a local file; that it cannot be opened is an answer like any other. */
export async function readBackupFile(path: string): Promise<FileReading> {
  try {
    const source = await openFileByteSource(path);
    try {
      return await readBackup(source);
    } finally {
      await source.close();
    }
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    const message = missing
      ? "There is no such file."
      : error instanceof Error
        ? error.message
        : "It cannot be read.";
    return { ok: false, error: { code: missing ? "not_found" : "io_error", message } };
  }
}

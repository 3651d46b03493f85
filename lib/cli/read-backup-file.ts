import type { BackupReading, UnreadableCode } from "@/lib/backup/header";
import { readBackup } from "@/lib/backup/read-backup";
import { errorCode } from "@/lib/diagnosis/error-code";
import { openFileByteSource } from "@/lib/oss/file-byte-source";

/** Why a local file could not even be opened or read. */
type FileErrorCode = "not_found" | "not_a_file" | "no_permission" | "io_error";

export type FileReading =
  | BackupReading
  | { ok: false; error: { code: UnreadableCode | FileErrorCode; message: string }; sealed?: never };

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
    return { ok: false, error: fileError(error) };
  }
}

const KNOWN: Record<string, { code: FileErrorCode; message: string }> = {
  ENOENT: { code: "not_found", message: "There is no such file. Check the path." },
  ENOTDIR: { code: "not_found", message: "There is no such file: a part of its path is not a folder." },
  ENAMETOOLONG: { code: "not_found", message: "There is no such file: the name is too long." },
  EISDIR: { code: "not_a_file", message: "This is a folder. Name the backup files in it." },
  ENOTFILE: { code: "not_a_file", message: "This is a device or pipe. Copy the backup to a file first." },
  EACCES: {
    code: "no_permission",
    message:
      "The file may not be read by this user. Give it read permission (SQL Server writes backups as its own).",
  },
  EPERM: {
    code: "no_permission",
    message: "The file may not be read by this user. Give it read permission.",
  },
};

function fileError(error: unknown): { code: FileErrorCode; message: string } {
  const code = errorCode(error) ?? "";
  const known = KNOWN[code];
  if (known) return known;
  const why = error instanceof Error ? error.message : "unknown error";
  return {
    code: "io_error",
    message: `The file could not be read (${why}). Try again, or copy it elsewhere.`,
  };
}

import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { open } from "node:fs/promises";
import type { BackupReading } from "@/lib/backup/header";
import type { BackupFileSpec, BackupSetSpec } from "@/sandbox/backup-writer/backup-spec";
import { readAsServer } from "@/sandbox/backup-writer/read-as-server";
import { backupBytes, backupFileSize } from "@/sandbox/backup-writer/write-backup";
import { SqlError } from "../tsql/sql-error";
import { deviceError } from "./backup-options";

/** A backup file on its way to disk: it lies under its own name, incomplete, until it is finished. */
export class BackupFileWriter {
  private readonly pieces: Iterator<Uint8Array>;
  private readonly total: number;
  private readonly before: Buffer | null;
  private readonly file: number;
  private written = 0;
  private open = true;

  constructor(
    private readonly path: string,
    spec: BackupFileSpec,
    keepOnRollback: boolean,
  ) {
    this.total = backupFileSize(spec);
    this.pieces = backupBytes(spec);
    this.before = keepOnRollback && existsSync(path) ? readFileSync(path) : null;
    this.file = openSync(path, "w");
  }

  /** Writes until this share of the file, 0 to 1, is there. */
  writeUpTo(share: number): void {
    const target = share >= 1 ? Number.POSITIVE_INFINITY : Math.floor(this.total * share);
    while (this.written < target) {
      const next = this.pieces.next();
      if (next.done === true) return;
      writeSync(this.file, next.value);
      this.written += next.value.length;
    }
  }
  finish(): void {
    this.writeUpTo(1);
    fsyncSync(this.file);
    this.close();
  }
  /** Takes the file away; one that held earlier sets gets them back. */
  rollback(): void {
    this.close();
    if (this.before === null) rmSync(this.path, { force: true });
    else writeFileSync(this.path, this.before);
  }
  private close(): void {
    if (this.open) closeSync(this.file);
    this.open = false;
  }
}

/** Reads the headers of a local file. */
export async function readBackupFile(path: string): Promise<BackupReading> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    return await readAsServer({
      sizeBytes: size,
      read: async (offset, length) => {
        const buffer = new Uint8Array(length);
        const { bytesRead } = await file.read(buffer, 0, length, offset);
        return buffer.subarray(0, bytesRead);
      },
    });
  } finally {
    await file.close();
  }
}

/** What SQL Server says about a file that is no readable backup. */
export function unreadable(path: string, reading: Extract<BackupReading, { ok: false }>): SqlError {
  const { code } = reading.error;
  if (code === "empty") return new SqlError(3254, 16, `The volume on device '${path}' is empty.`);
  if (code === "not_a_backup")
    return new SqlError(
      3242,
      16,
      `The file on device '${path}' is not a valid Microsoft Tape Format backup set.`,
    );
  if (code === "encrypted") return new SqlError(33111, 16, "Cannot find server certificate with thumbprint.");
  return new SqlError(
    3241,
    16,
    `The media family on device '${path}' is incorrectly formed. SQL Server cannot process this media family.`,
  );
}

/** The sets a file holds already, to be written again before one that is appended to them. */
export async function existingSets(
  local: string,
  path: string,
): Promise<{ sets: BackupSetSpec[]; compressed: boolean }> {
  const reading = await readBackupFile(local);
  if (!reading.ok) throw unreadable(path, reading);
  const sets = reading.sets.map((set) => {
    if (
      set.databaseName === null ||
      set.firstLsn === null ||
      set.lastLsn === null ||
      set.checkpointLsn === null
    ) {
      throw deviceError(path, 13, "The data is invalid.");
    }
    return {
      ...set,
      databaseName: set.databaseName,
      firstLsn: set.firstLsn,
      lastLsn: set.lastLsn,
      checkpointLsn: set.checkpointLsn,
      payloadBytes: Math.max(8192, (set.backupSizeBytes ?? 20_480) - 12_288),
    };
  });
  return { sets, compressed: reading.container === "mssqlbak" };
}

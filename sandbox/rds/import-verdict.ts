import type { BackupType } from "@/lib/backup/backup-kind";
import type { BackupReading, BackupSet } from "@/lib/backup/header";
import type { FailingStep } from "./import-steps";
import { applyBackupSet, databaseVersionOf, type RestoreTarget, restoreStatement } from "./restore-rules";

export type ImportVerdict =
  | { ok: true; set: BackupSet; target: RestoreTarget; sizeBytes: number }
  | { ok: false; step: FailingStep; message: string; type: BackupType };

export interface ImportSituation {
  fileName: string;
  fileBytes: number;
  reading: BackupReading;
  databaseName: string;
  /** Null for the first file of a task. */
  target: RestoreTarget | null;
  databaseVersion: number;
  /** Under TDE at the source: the instance lacks the certificate of its key. */
  isEncrypted: boolean;
  /** Of the instance, before this file arrives. */
  freeBytes: number;
  databaseExists: boolean;
  databaseCount: number;
  maxDatabases: number;
}

const TYPE_WORDS: Record<BackupType, string> = {
  full: "Database FULL",
  differential: "Database Differential",
  log: "Transaction Log",
  file: "File",
  file_differential: "File Differential",
  partial: "Partial",
  partial_differential: "Partial Differential",
};

/** Error 33111. */
const MISSING_CERTIFICATE =
  "Cannot find server certificate with thumbprint '0x1D7F1C5A9A0B4D3E8F6071829304A5B6C7D8E9FA'.";

function megabytes(sizeBytes: number): string {
  return String(Math.ceil(sizeBytes / 1024 ** 2));
}

function restoredBytes(set: BackupSet, fileBytes: number): number {
  const files = set.files.reduce((sum, file) => sum + file.sizeBytes, 0);
  return files > 0 ? files : (set.backupSizeBytes ?? fileBytes);
}

/**
 * What becomes of an import: restored, or the step that fails with the message RDS documents for it ("Troubleshooting" of
 * the full and incremental migration guides). Only the first backup set of a file is looked at, as RESTORE does.
 */
export function judgeImport(situation: ImportSituation): ImportVerdict {
  const { reading, target, fileName, fileBytes, databaseName } = situation;
  const set = reading.ok ? reading.sets[0] : undefined;
  const type = set?.type ?? (target === null ? "full" : "log");
  const fail = (step: FailingStep, message: string): ImportVerdict => ({ ok: false, step, message, type });
  if (situation.freeBytes < fileBytes) {
    return fail(
      "download",
      `Not Enough Disk Space, space left ${megabytes(situation.freeBytes)} MB < bak file ${megabytes(fileBytes)} MB.`,
    );
  }
  const missing = `${MISSING_CERTIFICATE}RESTORE DATABASE is terminating abnormally.`;
  // Nothing documents what RDS does with an encrypted backup: this is what SQL Server says without the certificate.
  if (!reading.ok && reading.error.code === "encrypted") return fail("restore", missing);
  const corrupt = `Failed to verify ${fileName}, backup file was corrupted or newer edition than RDS.`;
  if (!reading.ok || set === undefined || !reading.complete) return fail("check", corrupt);
  const version = databaseVersionOf(set);
  if (version !== null && version > situation.databaseVersion) return fail("check", corrupt);
  if (target === null) {
    if (set.type !== "full") {
      return fail(
        "check",
        `Backup set (${fileName}) is a ${TYPE_WORDS[set.type]} backup, we only accept a FULL Backup.`,
      );
    }
    if (situation.databaseExists) {
      return fail(
        "restore",
        `The database (${databaseName}) is already exist on RDS, please backup and drop it, then try again.`,
      );
    }
    if (situation.databaseCount >= situation.maxDatabases) {
      return fail(
        "restore",
        `The database (${databaseName}) migration failed due to databases count limitation.`,
      );
    }
    if (situation.isEncrypted) {
      return fail("restore", missing);
    }
    const neededBytes = restoredBytes(set, fileBytes);
    if (situation.freeBytes < neededBytes) {
      return fail(
        "restore",
        `Not Enough Disk Space for restoring, space left (${megabytes(situation.freeBytes)} MB) < needed (${megabytes(neededBytes)} MB).`,
      );
    }
  } else if (set.type !== "log" && set.type !== "differential") {
    return fail(
      "check",
      `Backup set (${fileName}) is a ${TYPE_WORDS[set.type]} backup, we only accept transaction log or differential backup.`,
    );
  }
  const outcome = applyBackupSet(target, set, { databaseVersion: situation.databaseVersion });
  if (!outcome.ok) {
    const statement = restoreStatement(set.type);
    // RDS cuts the hint off 4305; the missing space before RESTORE is as it is shown there.
    const message =
      outcome.number === 4305
        ? `The log in this backup set begins at LSN ${set.firstLsn}, which is too recent to apply to the database.`
        : outcome.message;
    return fail("restore", `${message}${statement} is terminating abnormally.`);
  }
  const sizeBytes = target === null ? restoredBytes(set, fileBytes) : 0;
  return { ok: true, set, target: outcome.target, sizeBytes };
}

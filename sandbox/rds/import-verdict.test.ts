import { describe, expect, it } from "vitest";
import type { BackupReading } from "@/lib/backup/header";
import { readBackup } from "@/lib/backup/read-backup";
import type { BackupSetSpec } from "@/sandbox/backup-writer/backup-spec";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";
import { type ImportSituation, judgeImport } from "./import-verdict";

const GB = 1024 ** 3;

async function readingOf(set: Partial<BackupSetSpec>): Promise<BackupReading> {
  const spec: BackupSetSpec = {
    type: "full",
    databaseName: "shop",
    databaseVersion: 904,
    firstLsn: 10_000_000_000_100_001n,
    lastLsn: 10_000_000_000_900_001n,
    checkpointLsn: 10_000_000_000_100_001n,
    payloadBytes: 10_000,
    ...set,
  };
  const bytes = Buffer.concat([...backupBytes({ sets: [spec] })]);
  return readBackup({
    sizeBytes: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
  });
}

const DATA_FILE = {
  logicalName: "shop",
  physicalName: "D:\\shop.mdf",
  type: "data",
  fileId: 1,
  sizeBytes: 40 * GB,
} as const;

async function judge(given: Partial<ImportSituation>, set: Partial<BackupSetSpec> = {}) {
  return judgeImport({
    fileName: "shop.bak",
    fileBytes: 10 * GB,
    reading: await readingOf(set),
    databaseName: "shop",
    target: null,
    databaseVersion: 957,
    isEncrypted: false,
    freeBytes: 100 * GB,
    databaseExists: false,
    databaseCount: 3,
    maxDatabases: 50,
    ...given,
  });
}

describe("judgeImport", () => {
  it("restores no encrypted backup, as it lacks the certificate", async () => {
    const set = { type: "full", databaseName: "shop", payloadBytes: 10_000 } as const;
    const lsns = { firstLsn: 1n, lastLsn: 3n, checkpointLsn: 1n };
    const bytes = Buffer.concat([...backupBytes({ sets: [{ ...set, ...lsns }], encrypted: true })]);
    const reading = await readBackup({
      sizeBytes: bytes.length,
      read: async (offset, length) => bytes.subarray(offset, offset + length),
    });
    expect(await judge({ reading })).toMatchObject({
      ok: false,
      step: "restore",
      message: expect.stringMatching(/^Cannot find server certificate with thumbprint '0x/),
    });
  });

  it("restores a full backup and knows what it takes on disk", async () => {
    const verdict = await judge({}, { files: [DATA_FILE] });
    expect(verdict).toMatchObject({
      ok: true,
      target: { redoLsn: 10_000_000_000_900_001n },
      sizeBytes: 40 * GB,
    });
  });

  it.each<[string, Partial<ImportSituation>, string, string]>([
    [
      "no room for the file",
      { freeBytes: 5 * GB },
      "download",
      "Not Enough Disk Space, space left 5120 MB < bak file 10240 MB.",
    ],
    [
      "no room for the database",
      { freeBytes: 20 * GB },
      "restore",
      "Not Enough Disk Space for restoring, space left (20480 MB) < needed (40960 MB).",
    ],
    [
      "too many databases",
      { databaseCount: 50 },
      "restore",
      "The database (shop) migration failed due to databases count limitation.",
    ],
    [
      "an older release",
      { databaseVersion: 852 },
      "check",
      "Failed to verify shop.bak, backup file was corrupted or newer edition than RDS.",
    ],
    [
      "a file of nothing",
      { reading: { ok: false, reads: 1, bytesRead: 0, sizeBytes: 0, error: { code: "empty", message: "" } } },
      "check",
      "Failed to verify shop.bak, backup file was corrupted or newer edition than RDS.",
    ],
  ])("%s fails the import", async (_name, given, step, message) => {
    expect(await judge(given, { files: [DATA_FILE] })).toMatchObject({ ok: false, step, message });
  });

  it("says what SQL Server says about a log that came before", async () => {
    const first = await judge({});
    if (!first.ok) throw new Error(first.message);
    const log = { type: "log", firstLsn: 10_000_000_000_000_001n, lastLsn: 10_000_000_000_500_001n } as const;
    expect(await judge({ target: first.target }, log)).toMatchObject({
      step: "restore",
      message:
        "The log in this backup set terminates at LSN 10000000000500001, which is too early to apply to the database. A more recent log backup that includes LSN 10000000000900001 can be restored.RESTORE LOG is terminating abnormally.",
    });
  });
});

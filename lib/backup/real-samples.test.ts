import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { BackupSet, ByteSource } from "./header";
import { readBackup } from "./read-backup";

/** Real backups by others, kept outside the repository; without them this file only checks that it knows so. */
const folder = fileURLToPath(new URL("../../../shared/samples/bak/", import.meta.url));
const present = existsSync(`${folder}MANIFEST.json`);

interface ExpectedFile {
  fileId: number;
  type: string;
  logicalName: string;
  physicalName: string;
  size: string;
  fileGroupId: number;
  backupBytes: number;
}

interface Sample {
  name: string;
  stored: string;
  form: "whole" | "sparse";
  objectSize: number;
  parts?: { offset: number; length: number; pos: number }[];
  container: string;
  backupSets: {
    expected: Record<string, string | number | boolean | null> & { files: ExpectedFile[] };
    headProvisional: Record<string, string>;
  }[];
}

/** The object at its true size: zeros where nothing was kept. */
function sampleSource(sample: Sample): ByteSource {
  const stored = readFileSync(folder + sample.stored);
  const parts = sample.parts ?? [{ offset: 0, length: stored.length, pos: 0 }];
  return {
    sizeBytes: sample.objectSize,
    read: async (offset, length) => {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, sample.objectSize - offset)));
      for (const part of parts) {
        const from = Math.max(offset, part.offset);
        const to = Math.min(offset + bytes.length, part.offset + part.length);
        if (from < to) {
          const at = part.pos + from - part.offset;
          bytes.set(stored.subarray(at, at + to - from), from - offset);
        }
      }
      return bytes;
    },
  };
}

const text = (lsn: bigint | null): string | null => (lsn === null ? null : lsn.toString());

/** The fields of a set under the manifest's names. */
function asManifest(set: BackupSet) {
  return {
    backupName: set.backupName,
    backupDescription: set.backupDescription,
    backupTypeName: set.type,
    position: set.position,
    userName: set.userName,
    serverName: set.serverName,
    databaseName: set.databaseName,
    machineName: set.machineName,
    softwareVersion: set.softwareVersion,
    databaseVersion: set.databaseVersion,
    compatibilityLevel: set.compatibilityLevel,
    databaseCreationDate: set.databaseCreatedAt,
    backupStartDate: set.startedAt,
    backupFinishDate: set.finishedAt,
    timeZoneQuarterHours: set.timeZoneQuarterHours,
    firstLsn: text(set.firstLsn),
    lastLsn: text(set.lastLsn),
    checkpointLsn: text(set.checkpointLsn),
    databaseBackupLsn: text(set.databaseBackupLsn),
    differentialBaseLsn: text(set.differentialBaseLsn),
    differentialBaseGuid: set.differentialBaseGuid,
    lastFullBackupSetGuid: set.baseBackupSetGuid,
    backupSetGuid: set.backupSetGuid,
    familyGuid: set.familyGuid,
    recoveryForkId: set.lastRecoveryForkGuid,
    forkPointLsn: text(set.forkPointLsn),
    bindingId: set.bindingId,
    copyOnly: set.copyOnly,
    hasChecksums: set.hasChecksums,
    bulkLogged: set.bulkLogged,
    damaged: set.damaged,
    recoveryModel: set.recoveryModel?.toUpperCase() ?? null,
    backupSize: set.backupSizeBytes === null ? null : String(set.backupSizeBytes),
    compressedBackupSize: set.compressedSizeBytes === null ? null : String(set.compressedSizeBytes),
    compressed: set.compressed,
    mediaSetId: set.mediaSetGuid,
    mediaFamilyCount: set.family.count,
    familySequence: set.family.sequence,
    mediaFamilyId: set.mediaFamilyId,
    mediaName: set.mediaName ?? "",
    flags: set.flags,
    snapshot: set.snapshot,
    readOnly: set.readOnly,
    singleUser: set.singleUser,
    databaseId: set.databaseId,
    sortOrder: set.sortOrder,
    collationLcid: set.unicodeLocaleId,
    unicodeComparisonStyle: set.unicodeComparisonStyle,
    files: set.files.map((file) => ({
      fileId: file.fileId,
      type: { data: "D", log: "L", other: "?" }[file.type],
      logicalName: file.logicalName,
      physicalName: file.physicalName,
      size: String(file.sizeBytes),
      fileGroupId: file.filegroupId,
      backupBytes: file.backupBytes,
    })),
  };
}

describe("real backup files of SQL Server 2005 to 2022", () => {
  if (!present) {
    it("are not on this machine", () => expect(existsSync(folder)).toBe(false));
    return;
  }
  const { samples }: { samples: Sample[] } = JSON.parse(readFileSync(`${folder}MANIFEST.json`, "utf8"));

  it.each(samples)("$name reads as its manifest says", async (sample) => {
    const reading = await readBackup(sampleSource(sample));
    expect(reading).toMatchObject({
      ok: true,
      complete: true,
      container: sample.container === "MTF" ? "mtf" : "mssqlbak",
    });
    if (!reading.ok) return;
    const got = reading.sets.map(asManifest);
    const expected = sample.backupSets.map(({ expected }) => ({
      ...Object.fromEntries(Object.keys(got[0] ?? {}).map((key) => [key, expected[key] ?? null])),
      files: expected.files,
    }));
    expect(got).toEqual(expected);
    for (const set of reading.sets) expect(set.collation).not.toBeNull();
    expect(reading.reads).toBeLessThanOrEqual(3);
    expect(reading.bytesRead).toBeLessThanOrEqual(1_000_000);
  });

  it("reads the head of a file that is still growing, provisionally", async () => {
    for (const sample of samples.filter(({ objectSize }) => objectSize > 400_000)) {
      const whole = sampleSource(sample);
      const growing = { ...whole, sizeBytes: 300_000 };
      const reading = await readBackup(growing);
      expect(reading).toMatchObject({ ok: true, complete: false });
      if (!reading.ok) continue;
      const [set] = reading.sets;
      expect(text(set?.lastLsn ?? null)).toBe(sample.backupSets[0]?.headProvisional.lastLsn);
      expect(set?.finishedAt).toBeNull();
    }
  });
});

describe("real compressed backups", () => {
  const compressed = fileURLToPath(new URL("../../../shared/samples/bak-compressed/", import.meta.url));
  if (!existsSync(compressed)) {
    it("are not on this machine", () => expect(existsSync(compressed)).toBe(false));
    return;
  }
  const old = {
    type: "full",
    softwareVersion: "10.0.2531",
    databaseVersion: 655,
    machineName: "RSLAPTOP2",
    compressed: true,
    copyOnly: false,
    family: { sequence: 1, count: 1 },
  };

  it.each([
    [
      "Apress__DWPubsSales_BeforeETL.bak",
      {
        ...old,
        databaseName: "DWPubsSales",
        startedAt: "2012-08-19T12:34:05",
        firstLsn: 45000000001600033n,
        lastLsn: 45000000003100001n,
        checkpointLsn: 45000000001600033n,
      },
    ],
    [
      "Apress__DWNorthwindOrders_BeforeETL.bak",
      {
        ...old,
        databaseName: "DWNorthwindOrders",
        startedAt: "2012-08-26T16:20:22",
        firstLsn: 42000000021200175n,
        lastLsn: 42000000028600001n,
        checkpointLsn: 42000000021200175n,
      },
    ],
    ["jpiquot__TestFull1.bak", { type: "full", databaseName: "Test", softwareVersion: "15.0.2070" }],
    [
      "jpiquot__TestDiff1_1.bak",
      { type: "differential", databaseName: "Test", softwareVersion: "15.0.2070" },
    ],
    ["jpiquot__TestLog1_1_1.bak", { type: "log", databaseName: "Test", softwareVersion: "15.0.2070" }],
  ])("%s", async (name, expected) => {
    const bytes = readFileSync(compressed + name);
    const reading = await readBackup({
      sizeBytes: bytes.length,
      read: async (offset, length) => bytes.subarray(offset, offset + length),
    });
    expect(reading).toMatchObject({ ok: true, complete: true, container: "mssqlbak" });
    if (!reading.ok) return;
    expect(reading.sets).toHaveLength(1);
    const [set] = reading.sets;
    expect(set).toMatchObject(expected);
    const required = [set?.finishedAt, set?.backupSetGuid, set?.familyGuid, set?.lastRecoveryForkGuid];
    for (const value of [...required, set?.backupSizeBytes, set?.compressedSizeBytes, set?.collation])
      expect(value).not.toBeNull();
    expect(set?.files.length).toBeGreaterThan(1);
    expect(reading.reads).toBeLessThanOrEqual(3);
    expect(reading.bytesRead).toBeLessThanOrEqual(1_000_000);
  });
});

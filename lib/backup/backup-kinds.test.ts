import { describe, expect, it } from "vitest";
import { FULL, fileBytes, largeSource, sourceOf } from "@/sandbox/backup-writer/backup-file-fixture";
import type { BackupSetSpec } from "@/sandbox/backup-writer/backup-spec";
import type { BackupType } from "./backup-kind";
import type { BackupReading, BackupSet } from "./header";
import { lsnOf } from "./lsn";
import { isBlock, sealBlock } from "./mtf-block";
import { viewOf } from "./mtf-values";
import { readBackup } from "./read-backup";

const BLOCKS = [512, 4096, 65_536];
const TYPES: BackupType[] = [
  "full",
  "differential",
  "log",
  "file",
  "file_differential",
  "partial",
  "partial_differential",
];
const VERSIONS = ["9.0.5000", "10.0.2531", "10.50.6000", "11.0.6020", "12.0.4100", "13.0.5081", "14.0.3038"];
const NEW_VERSIONS = ["15.0.4382", "16.0.1000", "17.0.1000"];

function setsOf(reading: BackupReading): BackupSet[] {
  expect(reading).toMatchObject({ ok: true, complete: true });
  return reading.ok ? reading.sets : [];
}

function expectCheap(reading: BackupReading): void {
  expect(reading.reads).toBeLessThanOrEqual(3);
  expect(reading.bytesRead).toBeLessThanOrEqual(1_000_000);
}

const manyFiles = (count: number): NonNullable<BackupSetSpec["files"]> =>
  Array.from({ length: count }, (_, i) => ({
    logicalName: `Sales_${i}`,
    physicalName: `D:\\Data\\Sales_${i}.ndf`,
    type: "data",
    fileId: i + 1,
    sizeBytes: 8_388_608,
    filegroupId: 2,
    filegroupName: "二级文件组",
  }));

describe("every kind of backup", () => {
  it.each([...VERSIONS, ...NEW_VERSIONS])("of product %s, in blocks of any size", async (softwareVersion) => {
    for (const blockSize of BLOCKS) {
      for (const compressed of softwareVersion.startsWith("9.") ? [false] : [false, true]) {
        for (const type of TYPES) {
          const spec = { blockSize, compressed, sets: [{ ...FULL, type, softwareVersion }] };
          const reading = await readBackup(sourceOf(fileBytes(spec)));
          const [set] = setsOf(reading);
          expect(set).toMatchObject({
            type,
            softwareVersion,
            compressed,
            lastLsn: FULL.lastLsn,
            blockBytes: blockSize,
          });
          expectCheap(reading);
        }
      }
    }
  });

  it("with all its flags", async () => {
    const flags = {
      copyOnly: true,
      hasChecksums: true,
      damaged: true,
      tail: true,
      bulkLogged: true,
      snapshot: true,
      readOnly: true,
      singleUser: true,
      incompleteMetadata: true,
      beginsLogChain: true,
      recoveryModel: "bulk_logged" as const,
      expiresAt: "2031-12-31T23:59:59",
      collation: "Chinese_PRC_CI_AS",
      mirrorCount: 2,
    };
    const [set] = setsOf(
      await readBackup(sourceOf(fileBytes({ sets: [{ ...FULL, ...flags, type: "log" }] }))),
    );
    expect(set).toMatchObject({ ...flags, flags: 0x7ff });
    const [plain] = setsOf(await readBackup(sourceOf(fileBytes({ sets: [FULL] }))));
    for (const [name, value] of Object.entries(flags)) {
      if (value === true) expect(plain).toMatchObject({ [name]: false });
    }
    expect(plain).toMatchObject({ flags: 0x200, expiresAt: null, mirrorCount: 1 });
  });

  it("with names as long as they may be, in Chinese", async () => {
    const long = "销售数据库".repeat(26).slice(0, 128);
    const set = {
      ...FULL,
      databaseName: long,
      serverName: long,
      machineName: long.slice(0, 64),
      userName: long,
      backupName: long,
      backupDescription: `${long}${long}`.slice(0, 255),
      mediaName: long,
      mediaDescription: `${long}${long}`.slice(0, 255),
    };
    for (const blockSize of BLOCKS) {
      for (const compressed of [false, true]) {
        const reading = await readBackup(sourceOf(fileBytes({ blockSize, compressed, sets: [set, set] })));
        const { payloadBytes, ...given } = set;
        for (const read of setsOf(reading)) expect(read).toMatchObject(given);
      }
    }
  });

  it("with texts of one byte a character", async () => {
    const bytes = fileBytes({ blockSize: 512, sets: [{ ...FULL, userName: "SA" }] });
    const view = viewOf(bytes);
    let at = 0;
    while (!isBlock(view, at, "SSET")) at += 512;
    const name = at + view.getUint16(at + 0x4e, true);
    bytes.set([0x6f, 0x6c, 0x64, 0x61], name);
    view.setUint8(at + 0x30, 1);
    sealBlock(viewOf(bytes.subarray(at)));
    const [set] = setsOf(await readBackup(sourceOf(bytes)));
    expect(set?.userName).toBe("olda");
  });
});

describe("the files of a database", () => {
  it.each([false, true])(
    "are all listed where there are hundreds, in 3 reads (compressed: %s)",
    async (compressed) => {
      for (const blockSize of BLOCKS) {
        const set = { ...FULL, payloadBytes: 20_000_000, files: manyFiles(300) };
        const reading = await readBackup(largeSource({ blockSize, compressed, sets: [set] }));
        const [read] = setsOf(reading);
        expect(read?.files).toHaveLength(300);
        expect(read?.files[299]).toMatchObject({ logicalName: "Sales_299", filegroupName: "二级文件组" });
        expect(read?.lastLsn).toBe(FULL.lastLsn);
        expectCheap(reading);
      }
    },
  );

  it("are those at the end, where more came while the backup ran", async () => {
    for (const blockSize of BLOCKS) {
      for (const compressed of [false, true]) {
        const set = { ...FULL, payloadBytes: 20_000_000, files: manyFiles(40), openingFiles: manyFiles(1) };
        const reading = await readBackup(largeSource({ blockSize, compressed, sets: [set] }));
        expect(setsOf(reading)[0]?.files).toHaveLength(40);
        expectCheap(reading);
      }
    }
  });
});

describe("several sets in a large file", () => {
  const numbered = (count: number): BackupSetSpec[] =>
    Array.from({ length: count }, (_, i) => ({
      ...FULL,
      type: i === 0 ? "full" : "log",
      firstLsn: lsnOf(40, i + 1, 1),
      lastLsn: lsnOf(40, i + 2, 1),
      payloadBytes: 3_000_000,
    }));

  it.each(BLOCKS)(
    "two cost 3 reads and 1 MB, each further one another read (blocks of %d)",
    async (blockSize) => {
      for (const compressed of [false, true]) {
        for (const count of [2, 5]) {
          const reading = await readBackup(largeSource({ blockSize, compressed, sets: numbered(count) }));
          expect(setsOf(reading).map(({ lastLsn }) => lastLsn)).toEqual(
            numbered(count).map(({ lastLsn }) => lastLsn),
          );
          expect(reading.reads).toBeLessThanOrEqual(count + 1);
          if (count === 2) expectCheap(reading);
        }
      }
    },
  );

  it("of other databases, with other names and more files, are read all the same", async () => {
    const other = {
      ...FULL,
      databaseName: "Other",
      files: manyFiles(60),
      backupDescription: "x".repeat(255),
    };
    for (const compressed of [false, true]) {
      const sets = [
        ...numbered(1),
        { ...other, payloadBytes: 3_000_000 },
        { ...FULL, payloadBytes: 3_000_000 },
      ];
      const read = setsOf(await readBackup(largeSource({ compressed, sets })));
      expect(read.map(({ databaseName, files }) => [databaseName, files.length])).toEqual([
        ["Sales", 2],
        ["Other", 60],
        ["Sales", 2],
      ]);
    }
  });
});

describe("an encrypted backup", () => {
  const sealed = (count: number): Uint8Array =>
    fileBytes({ compressed: true, encrypted: true, sets: Array.from({ length: count }, () => FULL) });

  it.each([1, 2, 3])("tells how many sets it holds (%d) and nothing of them", async (count) => {
    expect(await readBackup(sourceOf(sealed(count)))).toMatchObject({
      ok: false,
      error: { code: "encrypted" },
      sealed: { container: "mssqlbak", complete: true, compressed: true, setCount: count },
    });
  });

  it("that is still being uploaded is incomplete", async () => {
    const reading = await readBackup(sourceOf(sealed(1).subarray(0, -4096)));
    expect(reading).toMatchObject({ ok: false, sealed: { complete: false, setCount: 1 } });
  });
});

describe("a file by another program", () => {
  it("in tape format is no backup, and the refusal says whose it is", async () => {
    const bytes = fileBytes({ sets: [FULL] });
    viewOf(bytes).setUint16(0x56, 0x0cb8, true);
    sealBlock(viewOf(bytes));
    expect(await readBackup(sourceOf(bytes))).toMatchObject({
      ok: false,
      error: { code: "not_a_backup", message: expect.stringMatching(/tape file of Microsoft SQL Server/) },
    });
  });

  it.each([
    ["a ZIP archive", [0x50, 0x4b, 3, 4], /ZIP.*Unpack/],
    ["a web page", [...Buffer.from("\n<!DOCTYPE html><p>Sign in")], /web page/],
    ["a large file pointer", [...Buffer.from("version https://git-lfs.github.com/spec/v1\n")], /Git LFS/],
    ["a database file", [1, 0x0f, 0, 0, 8, 0, 0, 0], /\.mdf/],
  ])("%s is called what it is", async (_, start, words) => {
    const bytes = new Uint8Array(9_000);
    bytes.set(start);
    expect(await readBackup(sourceOf(bytes))).toMatchObject({
      ok: false,
      error: { code: "not_a_backup", message: expect.stringMatching(words) },
    });
  });
});

describe("what is behind or before the end", () => {
  it("the end of an older backup is not taken for this one's", async () => {
    const older = fileBytes({ sets: [{ ...FULL, payloadBytes: 900_000, startedAt: "2023-05-05T05:05:05" }] });
    const newer = fileBytes({ sets: [{ ...FULL, payloadBytes: 900_000 }] });
    older.set(newer.subarray(0, 500_000));
    expect(await readBackup(sourceOf(older))).toMatchObject({ ok: true, complete: false });
  });

  it("60 kB of zeros do not hide it", async () => {
    const bytes = fileBytes({ sets: [{ ...FULL, payloadBytes: 900_000 }] });
    const padded = new Uint8Array(bytes.length + 60_000);
    padded.set(bytes);
    setsOf(await readBackup(sourceOf(padded)));
  });
});

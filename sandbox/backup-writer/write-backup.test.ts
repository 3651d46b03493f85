import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BackupType } from "@/lib/backup/backup-kind";
import type { BackupReading, BackupSet, ByteSource } from "@/lib/backup/header";
import { lsnOf } from "@/lib/backup/lsn";
import { isBlock, isStream, STREAM_HEADER_BYTES } from "@/lib/backup/mtf-block";
import { viewOf } from "@/lib/backup/mtf-values";
import { readBackup } from "@/lib/backup/read-backup";
import type { BackupFileSpec, BackupSetSpec } from "./backup-spec";
import { backupBytes, backupFileSize } from "./write-backup";

const FULL: BackupSetSpec = {
  type: "full",
  databaseName: "Sales",
  firstLsn: lsnOf(37, 504, 37),
  lastLsn: lsnOf(37, 520, 1),
  checkpointLsn: lsnOf(37, 504, 37),
  payloadBytes: 100_000,
};

function writeFile(spec: BackupFileSpec): Uint8Array {
  const parts = [...backupBytes(spec)];
  expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(1_048_576);
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  expect(bytes.length).toBe(backupFileSize(spec));
  return bytes;
}

function sourceOf(bytes: Uint8Array): ByteSource {
  return {
    sizeBytes: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
  };
}

async function readSets(bytes: Uint8Array): Promise<BackupSet[]> {
  const reading = await readBackup(sourceOf(bytes));
  expect(reading).toMatchObject({ ok: true, complete: true });
  return reading.ok ? reading.sets : [];
}

/** A file of any size without its bytes: the filler of the middle is read as zeros. */
function sparseSource(spec: BackupFileSpec): ByteSource {
  const sizeBytes = backupFileSize(spec);
  const kept: { offset: number; bytes: Uint8Array }[] = [];
  let offset = 0;
  for (const bytes of backupBytes(spec)) {
    if (offset < 1_000_000 || offset > sizeBytes - 2_000_000) kept.push({ offset, bytes });
    offset += bytes.length;
  }
  return {
    sizeBytes,
    read: async (from, length) => {
      const result = new Uint8Array(Math.min(length, sizeBytes - from));
      for (const part of kept) {
        const start = Math.max(from, part.offset);
        const end = Math.min(from + result.length, part.offset + part.bytes.length);
        if (start < end)
          result.set(part.bytes.subarray(start - part.offset, end - part.offset), start - from);
      }
      return result;
    },
  };
}

const lsn = fc
  .tuple(fc.nat(0xffff_ffff), fc.nat(0xffff_ffff), fc.nat(0xffff))
  .map(([vlf, block, slot]) => lsnOf(vlf, block, slot));
const guid = fc
  .array(fc.constantFrom(..."123456789ABCDEF"), { minLength: 32, maxLength: 32 })
  .map((hex) => hex.join("").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"));
const text = fc
  .string({ minLength: 1, maxLength: 40, unit: "grapheme" })
  .filter((value) => !value.includes("\0"));
const time = fc
  .date({ min: new Date("1995-01-01T00:00:00Z"), max: new Date("2090-01-01T00:00:00Z"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 19));

const anySet: fc.Arbitrary<BackupSetSpec> = fc
  .record({
    type: fc.constantFrom<BackupType>(
      "full",
      "differential",
      "log",
      "file",
      "file_differential",
      "partial",
      "partial_differential",
    ),
    databaseName: text,
    serverName: text,
    machineName: text,
    userName: text,
    backupName: fc.option(text),
    backupDescription: fc.option(text),
    firstLsn: lsn,
    lastLsn: lsn,
    checkpointLsn: lsn,
    databaseBackupLsn: lsn,
    payloadBytes: fc.nat(200_000),
    softwareVersion: fc.constantFrom(
      "10.50.1600",
      "11.0.2100",
      "14.0.3038",
      "15.0.2000",
      "16.0.4085",
      "17.0.700",
    ),
    copyOnly: fc.boolean(),
    hasChecksums: fc.boolean(),
    damaged: fc.boolean(),
    tail: fc.boolean(),
    bulkLogged: fc.boolean(),
    snapshot: fc.boolean(),
    readOnly: fc.boolean(),
    singleUser: fc.boolean(),
    incompleteMetadata: fc.boolean(),
    expiresAt: fc.option(time),
    databaseId: fc.nat(0xffff),
    sortOrder: fc.nat(0xff),
    unicodeLocaleId: fc.nat(0xffff),
    unicodeComparisonStyle: fc.nat(),
    collation: fc.constantFrom(
      "SQL_Latin1_General_CP1_CI_AS",
      "SQL_Latin1_General_CP850_BIN",
      "Latin1_General_100_CS_AI_KS_WS",
      "Latin1_General_100_CI_AS_UTF8",
      "Chinese_PRC_CI_AS",
      "Chinese_PRC_Stroke_90_BIN2",
      "Japanese_BIN",
    ),
    recoveryModel: fc.constantFrom("full" as const, "bulk_logged" as const, "simple" as const),
    startedAt: time,
    timeZoneQuarterHours: fc.option(fc.integer({ min: -48, max: 56 })),
    baseBackupSetGuid: guid,
    backupSetGuid: guid,
    familyGuid: guid,
    bindingId: guid,
    lastRecoveryForkGuid: guid,
    backupSizeBytes: fc.nat(),
    compressedSizeBytes: fc.nat(),
    files: fc.array(
      fc.record({
        logicalName: text,
        physicalName: text,
        type: fc.constantFrom("data" as const, "log" as const, "other" as const),
        fileId: fc.nat(32_767),
        sizeBytes: fc.nat(),
        maxSizeBytes: fc.nat(),
        backupBytes: fc.nat(100_000).map((pages) => pages * 8192),
        sourceBlockBytes: fc.constantFrom(512, 4096),
        filegroupId: fc.constantFrom(1, 0),
        differentialBaseLsn: fc.option(lsn.filter((value) => value > 0n)),
        differentialBaseGuid: fc.option(guid),
      }),
      { maxLength: 5 },
    ),
  })
  .map((set) => ({ ...set, finishedAt: set.startedAt, mediaSetGuid: set.bindingId }));

const anyFile: fc.Arbitrary<BackupFileSpec> = fc.record({
  sets: fc.array(anySet, { minLength: 1, maxLength: 3 }),
  blockSize: fc.constantFrom(512, 4096, 65_536),
  compressed: fc.boolean(),
});

describe("a written backup file", () => {
  it("reads back as it was written, whatever is in it", async () => {
    await fc.assert(
      fc.asyncProperty(anyFile, async (spec) => {
        const sets = await readSets(writeFile(spec));
        expect(sets).toHaveLength(spec.sets.length);
        sets.forEach((set, i) => {
          const { payloadBytes, mediaSetGuid, ...given } = spec.sets[i] ?? FULL;
          expect(set).toMatchObject({ ...given, position: i + 1, compressed: spec.compressed });
          expect(set.mediaSetGuid).toBe(spec.sets[0]?.mediaSetGuid);
        });
      }),
      { numRuns: 30, seed: 20260201 },
    );
  });

  it.each([512, 4096, 65_536])(
    "holds valid blocks and streams from end to end at block size %d",
    (blockSize) => {
      for (const type of ["full", "differential", "log"] as const) {
        const bytes = writeFile({
          blockSize,
          sets: [
            { ...FULL, type },
            { ...FULL, hasChecksums: true },
          ],
        });
        expect(walk(bytes, blockSize)).toContain("SSET VOLB MSCI");
      }
    },
  );

  it("is the same each time, and differs when the spec does", () => {
    const spec = { sets: [FULL], compressed: true };
    expect(writeFile(spec)).toEqual(writeFile(spec));
    expect(writeFile(spec)).not.toEqual(
      writeFile({ ...spec, sets: [{ ...FULL, lastLsn: lsnOf(38, 1, 1) }] }),
    );
  });

  it("gives stale LSNs at the head of a full since product 15, and the true ones at the end", async () => {
    const head = async (set: BackupSetSpec): Promise<BackupReading> =>
      readBackup(sourceOf(writeFile({ sets: [set] }).subarray(0, 60_000)));
    for (const [softwareVersion, stale] of [
      ["15.0.2000", true],
      ["14.0.1000", false],
    ] as const) {
      const reading = await head({ ...FULL, softwareVersion });
      expect(reading).toMatchObject({ ok: true, complete: false });
      if (reading.ok) expect(reading.sets[0]?.lastLsn === FULL.lastLsn).toBe(!stale);
      const log = await head({ ...FULL, type: "log", softwareVersion });
      if (log.ok) expect(log.sets[0]?.lastLsn).toBe(FULL.lastLsn);
    }
    const [whole] = await readSets(writeFile({ sets: [FULL] }));
    expect(whole?.lastLsn).toBe(FULL.lastLsn);
  });

  it("tells the members of a striped set apart, and that they belong together", async () => {
    const members = [1, 2, 3].map((sequence) => ({ ...FULL, family: { sequence, count: 3 } }));
    const sets = await Promise.all(
      members.map(async (set) => (await readSets(writeFile({ sets: [set] })))[0]),
    );
    expect(sets.map((set) => set?.family.sequence)).toEqual([1, 2, 3]);
    expect(new Set(sets.map((set) => set?.backupSetGuid)).size).toBe(1);
    expect(new Set(sets.map((set) => set?.mediaSetGuid)).size).toBe(1);
  });

  it("tells a log that crosses a recovery fork from one that lies behind it", async () => {
    const forks = {
      firstRecoveryForkGuid: "AAAAAAAA-0000-4000-8000-000000000001",
      lastRecoveryForkGuid: "BBBBBBBB-0000-4000-8000-000000000002",
    };
    const log = { ...FULL, ...forks, type: "log" as const };
    const [crossing] = await readSets(writeFile({ sets: [{ ...log, forkPointLsn: lsnOf(37, 510, 1) }] }));
    expect(crossing).toMatchObject({ ...forks, forkPointLsn: lsnOf(37, 510, 1) });
    const [behind] = await readSets(writeFile({ sets: [{ ...log, forkPointLsn: lsnOf(36, 1, 1) }] }));
    expect(behind?.firstRecoveryForkGuid).toBe(forks.lastRecoveryForkGuid);
  });

  it.each([false, true])(
    "of 3 GB takes no memory to write and 3 reads to read (compressed: %s)",
    async (compressed) => {
      for (const blockSize of [512, 4096, 65_536]) {
        const spec = { blockSize, compressed, sets: [{ ...FULL, payloadBytes: 3_000_000_000 }] };
        const reading = await readBackup(sparseSource(spec));
        expect(reading).toMatchObject({ ok: true, complete: true, sets: [{ lastLsn: FULL.lastLsn }] });
        expect(reading.reads).toBeLessThanOrEqual(3);
        expect(reading.bytesRead).toBeLessThanOrEqual(1_000_000);
      }
    },
  );

  it("with hundreds of files still reads in 3 reads and 1 MB", async () => {
    const files = Array.from({ length: 300 }, (_, i) => ({
      logicalName: `Sales_${i}`,
      physicalName: `D:\\Data\\Sales_${i}.ndf`,
      type: "data" as const,
      fileId: i + 1,
      sizeBytes: 8_388_608,
    }));
    for (const blockSize of [512, 4096, 65_536]) {
      const reading = await readBackup(
        sparseSource({ blockSize, sets: [{ ...FULL, payloadBytes: 5_000_000, files }] }),
      );
      expect(reading).toMatchObject({ ok: true, complete: true, sets: [{ lastLsn: FULL.lastLsn }] });
      expect(reading.reads).toBeLessThanOrEqual(3);
      expect(reading.bytesRead).toBeLessThanOrEqual(1_000_000);
    }
  });

  it("may hold more sets than one filemark can list", async () => {
    const sets = Array.from({ length: 100 }, (_, i) => ({
      ...FULL,
      type: "log" as const,
      firstLsn: lsnOf(40, i + 1, 1),
      lastLsn: lsnOf(40, i + 2, 1),
      payloadBytes: 0,
    }));
    const read = await readSets(writeFile({ sets, blockSize: 512 }));
    expect(read.map(({ position, lastLsn }) => ({ position, lastLsn }))).toEqual(
      sets.map(({ lastLsn }, i) => ({ position: i + 1, lastLsn })),
    );
  });

  it("refuses values that the format cannot hold", () => {
    expect(() => writeFile({ sets: [{ ...FULL, lastLsn: 99_999n }] })).toThrow(RangeError);
    expect(() => writeFile({ sets: [{ ...FULL, backupSetGuid: "x" }] })).toThrow(RangeError);
    expect(() => writeFile({ sets: [] })).toThrow(RangeError);
    expect(() => writeFile({ sets: [FULL], blockSize: 1000 })).toThrow(RangeError);
  });
});

/** Walks block by block and stream by stream; every step must land on a valid header, the last exactly at the end. */
function walk(bytes: Uint8Array, blockSize: number): string {
  const view = viewOf(bytes);
  const ids: string[] = [];
  const idAt = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  let at = 0;
  while (at < bytes.length) {
    const id = idAt(at);
    expect(isBlock(view, at, id)).toBe(true);
    ids.push(id);
    if (id === "SFMB") {
      at += blockSize;
      continue;
    }
    let stream = at + view.getUint16(at + 8, true);
    for (;;) {
      const name = idAt(stream);
      expect(isStream(view, stream, name)).toBe(true);
      const end = stream + STREAM_HEADER_BYTES + Number(view.getBigUint64(stream + 8, true));
      if (name === "MQDA" && end - stream > STREAM_HEADER_BYTES) {
        expect((stream + STREAM_HEADER_BYTES + 2) % blockSize).toBe(0);
      }
      if (name === "SPAD") {
        at = end;
        break;
      }
      stream = Math.ceil(end / 4) * 4;
    }
  }
  expect(at).toBe(bytes.length);
  return ids.join(" ");
}

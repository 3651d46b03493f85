import { describe, expect, it, test } from "vitest";
import type { BackupFileSpec, BackupSetSpec } from "@/sandbox/backup-writer/backup-spec";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";
import { encodeZstd } from "@/sandbox/backup-writer/write-zstd";
import type { BackupReading, ByteSource } from "./header";
import { lsnOf } from "./lsn";
import { CHUNK_LAYOUTS, chunkChecksum } from "./mssqlbak-chunks";
import { sealBlock } from "./mtf-block";
import { viewOf } from "./mtf-values";
import { readBackup } from "./read-backup";
import { decodeXpressHuffman } from "./xpress-huffman";
import { decodeZstd } from "./zstd";

const SET: BackupSetSpec = {
  type: "differential",
  databaseName: "Sales",
  firstLsn: lsnOf(37, 504, 37),
  lastLsn: lsnOf(37, 520, 1),
  checkpointLsn: lsnOf(37, 504, 37),
  payloadBytes: 20_000,
};

function writeFile(spec: Partial<BackupFileSpec> = {}): Uint8Array {
  return Uint8Array.from(Buffer.concat([...backupBytes({ sets: [SET], blockSize: 512, ...spec })]));
}

function sourceOf(bytes: Uint8Array): ByteSource {
  return { sizeBytes: bytes.length, read: async (offset, length) => bytes.slice(offset, offset + length) };
}

const read = (bytes: Uint8Array): Promise<BackupReading> => readBackup(sourceOf(bytes));

/** What a reading says in a word: its refusal, or what was read. */
function word(reading: BackupReading): string {
  if (!reading.ok) return reading.error.code;
  return `${reading.sets.length} ${reading.complete ? "complete" : "incomplete"}`;
}

/** The same numbers each time (mulberry32). */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function find(bytes: Uint8Array, id: string, from = 0): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(id, from, "latin1");
}

/** Changes a 32-bit word of the block that starts at `at`, and makes its checksum right again. */
function patch(bytes: Uint8Array, at: number, offset: number, value: number): void {
  const block = viewOf(bytes.subarray(at));
  block.setUint32(offset, value, true);
  sealBlock(block);
}

/** A compressed backup whose chunks say what no algorithm here unpacks, with checksums that hold. */
function unknownAlgorithm(): Uint8Array {
  const bytes = writeFile({ compressed: true });
  const { dataHeadBytes, checksumAt, firstChunkAt } = CHUNK_LAYOUTS[2];
  const view = viewOf(bytes);
  const length = view.getUint16(firstChunkAt + 2, true);
  const payload = bytes.subarray(firstChunkAt + dataHeadBytes, firstChunkAt + dataHeadBytes + length);
  payload.fill(0xa5);
  view.setUint32(firstChunkAt + checksumAt, chunkChecksum(payload), true);
  return bytes;
}

describe("compressed by ZSTD", () => {
  const zstd = (spec: Partial<BackupFileSpec> = {}) =>
    writeFile({ compressed: true, algorithm: "zstd", ...spec });

  it("reads as any other, with several sets and data of many chunks", async () => {
    const sets = [SET, { ...SET, type: "log" as const, payloadBytes: 300_000 }];
    const reading = await read(zstd({ sets, blockSize: 4096 }));
    expect(word(reading)).toBe("2 complete");
    if (!reading.ok) return;
    expect(reading.sets.map(({ type, compressed }) => [type, compressed])).toEqual([
      ["differential", true],
      ["log", true],
    ]);
    expect(reading.sets.map(({ lastLsn }) => lastLsn)).toEqual([SET.lastLsn, SET.lastLsn]);
  });

  it("a frame that names another size, has a dictionary or far too many blocks is none", () => {
    const frame = encodeZstd(new Uint8Array(1024).fill(7));
    expect(decodeZstd(frame, 1024)).toEqual(new Uint8Array(1024).fill(7));
    expect(decodeZstd(frame, 2048)).toBeNull();
    const withDictionary = Uint8Array.from(frame);
    withDictionary[4] = (withDictionary[4] ?? 0) | 1;
    expect(decodeZstd(withDictionary, 1024)).toBeNull();
    const runs = Uint8Array.of(...frame.subarray(0, 9), ...Array(40).fill([0x02, 0x20, 0x00, 7]).flat());
    expect(decodeZstd(runs, 1024)).toBeNull();
    expect(decodeZstd(frame.subarray(0, -1), 1024)).toBeNull();
  });
});

test.each([
  ["zeros", new Uint8Array(4096), /begins with zeros only.*Copy it again\.$/],
  [
    "an XZ archive",
    Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 1, 2, 3),
    /XZ archive\. Unpack it first\.$/,
  ],
  ["a script", new TextEncoder().encode("-- dump\nCREATE TABLE t (i int)"), /it is a script/],
  ["a script in UTF-16", Buffer.from("\ufeffUSE Sales\r\nGO", "utf16le"), /it is a script/],
  ["something else", new TextEncoder().encode("nothing that is known"), /neither TAPE nor MSSQLBAK/],
])("says what a file is that is none: %s", async (_, bytes, message) => {
  const source = {
    sizeBytes: bytes.length,
    read: async (offset: number, length: number) => bytes.subarray(offset, offset + length),
  };
  expect(await readBackup(source)).toMatchObject({ error: { message: expect.stringMatching(message) } });
});

describe("what is no whole backup", () => {
  const text = (content: string): Uint8Array => new TextEncoder().encode(content);

  it.each([
    ["nothing", new Uint8Array(0), "empty"],
    ["one byte", new Uint8Array(1), "not_a_backup"],
    ["a web page", text("<html><body>Access denied</body></html>".repeat(100)), "not_a_backup"],
    [
      "a large file pointer",
      text("version https://git-lfs.github.com/spec/v1\noid sha256:00\n"),
      "not_a_backup",
    ],
    ["a PostgreSQL dump", text(`PGDMP${"x".repeat(5000)}`), "not_a_backup"],
    ["zeros", new Uint8Array(100_000), "not_a_backup"],
    ["the right letters and nothing else", text(`TAPE${"\0".repeat(5000)}`), "corrupt"],
    [
      "a compressed backup's letters and nothing else",
      text(`MSSQLBAK\x02\0\0\0\x03\0\0\0${"\0".repeat(5000)}`),
      "corrupt",
    ],
    [
      "an older container's letters and nothing else",
      text(`MSSQLBAK\x01\0\0\0\x01\0\0\0${"\0".repeat(5000)}`),
      "corrupt",
    ],
    ["a newer container", text(`MSSQLBAK\x03\0\0\0\x03\0\0\0${"\0".repeat(5000)}`), "unsupported_container"],
    ["chunks of another algorithm", unknownAlgorithm(), "unsupported_container"],
    ["an encrypted backup", text(`MSSQLBAK\x02\0\0\0\x07\0\0\0${"\0".repeat(5000)}`), "encrypted"],
    ["a compressed backup cut in its header", text("MSSQLBAK\x02\0\0\0\x03\0\0\0"), "truncated"],
    ["a backup cut in its first block", writeFile().subarray(0, 900), "truncated"],
    ["a backup cut before its header", writeFile().subarray(0, 2_000), "truncated"],
    ["a backup cut in its data", writeFile().subarray(0, 20_000), "1 incomplete"],
    ["a backup without its last block", writeFile().subarray(0, -512), "1 incomplete"],
    ["a backup cut in its last block", writeFile({ blockSize: 4096 }).subarray(0, -2048), "1 incomplete"],
    [
      "a compressed backup cut in its data",
      writeFile({ compressed: true }).subarray(0, 15_000),
      "1 incomplete",
    ],
  ])("%s", async (_, bytes, expected) => {
    expect(word(await read(bytes))).toBe(expected);
  });

  it("a second set still being appended is provisional, the first is not", async () => {
    const bytes = writeFile({ sets: [SET, SET] });
    const second = find(bytes, "SSET", 2_000);
    const reading = await read(bytes.subarray(0, second + 20_000));
    expect(word(reading)).toBe("2 incomplete");
    if (reading.ok) expect(reading.sets.map(({ finishedAt }) => finishedAt === null)).toEqual([false, true]);
  });
});

describe("bytes behind the end", () => {
  it.each([1, 511, 512, 5_000])("%d zeros do not hide it", async (count) => {
    const bytes = writeFile();
    const padded = new Uint8Array(bytes.length + count);
    padded.set(bytes);
    expect(word(await read(padded))).toBe("1 complete");
  });
});

describe("hostile files", () => {
  it("a filemark that lists itself, later ones or nonsense is not followed", async () => {
    for (const value of [0, 1, 0x400, 0x7fff_fe00, 0xffff_fe00]) {
      const bytes = writeFile();
      patch(bytes, bytes.length - 512, 0x48, value);
      expect(["1 complete", "1 incomplete", "corrupt"]).toContain(word(await read(bytes)));
    }
  });

  it("a filemark that claims four billion others costs a bounded number of reads", async () => {
    const bytes = writeFile({ sets: Array.from({ length: 5 }, () => SET) });
    patch(bytes, bytes.length - 512, 0x38, 0xffff_ffff);
    const reading = await read(bytes);
    expect(reading.reads).toBeLessThan(300);
  });

  it("a source that promises more than it has, or sizes that are no sizes", async () => {
    const bytes = writeFile();
    for (const sizeBytes of [
      Number.MAX_SAFE_INTEGER,
      1e15,
      bytes.length * 2,
      -1,
      Number.NaN,
      Number.POSITIVE_INFINITY,
    ]) {
      const reading = await readBackup({ ...sourceOf(bytes), sizeBytes });
      expect(reading.bytesRead).toBeLessThanOrEqual(1_000_000);
    }
  });

  it("a block that says its configuration is endless", async () => {
    for (const offset of [8, 12]) {
      const bytes = writeFile();
      const stream = find(bytes, "MQCI");
      const view = viewOf(bytes.subarray(stream));
      view.setUint32(offset, 0x7fff_ffff, true);
      let sum = 0;
      for (let i = 0; i < 20; i += 2) sum ^= view.getUint16(i, true);
      view.setUint16(20, sum, true);
      const reading = await read(bytes);
      expect(reading.bytesRead).toBeLessThanOrEqual(1_000_000);
    }
  });

  it("what the source throws is thrown on", async () => {
    const source: ByteSource = { sizeBytes: 1000, read: () => Promise.reject(new Error("no network")) };
    await expect(readBackup(source)).rejects.toThrow("no network");
  });

  const originals = [
    writeFile(),
    writeFile({
      blockSize: 4096,
      sets: [
        { ...SET, type: "full" },
        { ...SET, type: "log" },
      ],
    }),
    writeFile({ compressed: true }),
    writeFile({ compressed: true, blockSize: 4096, sets: [SET, SET] }),
  ];

  it("cut anywhere end in a result or a refusal", async () => {
    const random = seeded(1);
    for (const original of originals) {
      for (let i = 0; i < 100; i += 1) {
        const reading = await read(original.subarray(0, random(original.length)));
        expect(word(reading)).toMatch(/^(\d incomplete|empty|not_a_backup|truncated)$/);
      }
    }
  });

  it("changed anywhere end in a result or a refusal, quickly", async () => {
    const random = seeded(2);
    for (let i = 0; i < 800; i += 1) {
      const bytes = Uint8Array.from(originals[i % originals.length] ?? []);
      // Mostly where the structure is: most of a file is data.
      const near = ["TAPE", "SFMB", "SSET", "MSCI", "SCIN", "SFIN", "MSLS", "ESET"][random(8)] ?? "";
      const at =
        random(3) === 0 ? random(bytes.length) : Math.max(0, find(bytes, near, random(bytes.length)));
      for (let changes = random(8); changes >= 0; changes -= 1) {
        bytes[Math.min(bytes.length - 1, at + random(400))] = [0, 0xff, random(256)][random(3)] ?? 0;
      }
      const block = find(bytes, near);
      if (block >= 0 && random(2) === 0 && block + 52 <= bytes.length)
        sealBlock(viewOf(bytes.subarray(block)));
      const started = performance.now();
      const reading = await read(bytes);
      expect(word(reading)).toMatch(
        /^(\d+ (in)?complete|empty|not_a_backup|truncated|corrupt|unsupported_container|encrypted)$/,
      );
      expect(performance.now() - started).toBeLessThan(1_000);
      expect(reading.bytesRead).toBeLessThan(3_000_000);
    }
  });

  it("random bytes are no compressed block", () => {
    const random = seeded(3);
    for (let i = 0; i < 300; i += 1) {
      const input = Uint8Array.from({ length: random(600) }, () => random(i % 2 === 0 ? 256 : 8));
      const output = decodeXpressHuffman(input, 4096);
      if (output !== null) expect(output).toHaveLength(4096);
    }
  });
});

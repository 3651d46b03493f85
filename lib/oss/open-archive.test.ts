import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import type { ByteSource } from "@/lib/backup/header";
import { ExternalError } from "@/lib/diagnosis/external-error";
import { assertHarmless } from "./archive-limits";
import { type ArchivedFile, isArchive, openArchive } from "./open-archive";
import { zipOf } from "./zip-fixture";

const MIB = 1024 ** 2;
const FILE = Buffer.concat([randomBytes(300_000), Buffer.alloc(2_000_000, 7)]);

function source(bytes: Buffer, reads: number[] = []): ByteSource {
  return {
    sizeBytes: bytes.length,
    read: async (offset, length) => {
      reads.push(length);
      return new Uint8Array(bytes.subarray(offset, offset + length));
    },
  };
}

async function whole(file: ArchivedFile | undefined): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  if (file) for await (const chunk of file.open()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function reasonOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => "nothing thrown",
    (error: unknown) => Reflect.get(Object(Reflect.get(Object(error), "fields")), "reason") ?? error,
  );
}

test("packed and stored files come out as they went in", async () => {
  for (const stored of [false, true]) {
    const zip = zipOf([{ name: "logs/SalesDB.lbak", bytes: FILE }], { stored });
    expect(isArchive(zip)).toBe(true);
    const [entry] = await openArchive(source(zip), "a.zip.log");
    expect(entry).toMatchObject({ name: "logs/SalesDB.lbak", sizeBytes: FILE.length });
    expect((await whole(entry)).equals(FILE)).toBe(true);
  }
});

test("a damaged archive is said to be one", async () => {
  const zip = zipOf([{ name: "a.lbak", bytes: FILE }], { stored: true });
  const flipped = Buffer.from(zip);
  flipped[1000] = (flipped[1000] ?? 0) ^ 1;
  const [entry] = await openArchive(source(flipped), "a.zip.log");
  expect(await reasonOf(whole(entry))).toBe("archive_damaged");
  for (const size of [4, 30, 5_000, zip.length - 30]) {
    expect(await reasonOf(openArchive(source(zip.subarray(0, size)), "a.zip.log"))).toBe("archive_damaged");
  }
});

test("what can't be unpacked is refused before anything is read of it", async () => {
  const files = [{ name: "a.lbak", bytes: FILE }];
  expect(await reasonOf(openArchive(source(zipOf(files, { encrypted: true })), "a"))).toBe(
    "archive_encrypted",
  );
  expect(await reasonOf(openArchive(source(zipOf(files, { method: 9 })), "a"))).toBe("archive_unsupported");
});

test("sizes that no packing gives are a lie, told before anything is read of the file", async () => {
  const reads: number[] = [];
  const zip = zipOf([{ name: "a.lbak", bytes: randomBytes(26_000), claimed: 40n * 1024n ** 4n }]);
  expect(await reasonOf(openArchive(source(zip, reads), "a"))).toBe("archive_sizes_false");
  expect(reads.reduce((sum, length) => sum + length, 0)).toBeLessThan(zip.length + 1000);
  // More than the format's integers can hold is the same lie.
  const endless = zipOf([{ name: "a.lbak", bytes: FILE, claimed: 2n ** 64n - 1n }]);
  expect(await reasonOf(openArchive(source(endless), "a"))).toBe("archive_sizes_false");
});

test("a believable lie ends where the true bytes do", async () => {
  for (const claimed of [FILE.length - 1, FILE.length + 1]) {
    const zip = zipOf([{ name: "a.lbak", bytes: FILE, claimed: BigInt(claimed) }]);
    const [entry] = await openArchive(source(zip), "a");
    expect(await reasonOf(whole(entry))).toBe("archive_damaged");
  }
});

test("bytes that several files claim are unpacked for none", async () => {
  const files = [
    { name: "a.lbak", bytes: FILE },
    { name: "b.lbak", bytes: FILE },
  ];
  expect(await reasonOf(openArchive(source(zipOf(files, { overlapping: true })), "a"))).toBe(
    "archive_overlapping",
  );
  expect(await openArchive(source(zipOf(files)), "a")).toHaveLength(2);
});

test("what would fill a disk is refused by its ratio, or by its size alone", () => {
  const entry = { headerAt: 0, nameBytes: 6, packedBytes: 2 * MIB, unpackedBytes: 600 * MIB };
  expect(() => assertHarmless([entry], "a")).toThrow("archive_too_large");
  // Many that are each below it.
  const some = Array.from({ length: 20 }, (_, i) => ({
    headerAt: i * MIB,
    nameBytes: 6,
    packedBytes: 64_000,
    unpackedBytes: 60 * MIB,
  }));
  expect(() => assertHarmless(some, "a")).toThrow("archive_too_large");
  expect(() => assertHarmless(some.slice(0, 4), "a")).not.toThrow();
  const huge = { ...entry, packedBytes: 1024 ** 4, unpackedBytes: 1024 ** 4 + 1 };
  expect(() => assertHarmless([huge], "a")).toThrow("archive_too_large");
  const honest = { ...entry, packedBytes: 4 * 1024 * MIB, unpackedBytes: 400 * 1024 * MIB };
  expect(() => assertHarmless([honest], "a")).not.toThrow();
});

test("a lost connection is not taken for a damaged archive", async () => {
  const lost = new ExternalError({
    system: "oss",
    kind: "unavailable",
    providerCode: null,
    providerMessage: "reset",
    providerRequestId: null,
    mayHaveHappened: false,
  });
  const broken: ByteSource = { sizeBytes: 5_000, read: async () => Promise.reject(lost) };
  expect(await reasonOf(openArchive(broken, "a"))).toBe(lost);
  const zip = zipOf([{ name: "a.lbak", bytes: FILE }], { stored: true });
  const ok = source(zip);
  const [entry] = await openArchive(ok, "a");
  ok.read = async () => Promise.reject(lost);
  expect(await reasonOf(whole(entry))).toBe(lost);
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ByteLimiter } from "./byte-limiter";
import { CHUNK_BYTES } from "./chunk-reader";
import { crc64 } from "./crc64";
import type { PartBody } from "./object-store";
import { sendPart } from "./send-part";
import { openSourceFile, type SourceFile } from "./source-file";
import type { UploadStore } from "./upload-store";

const SIZE = 3 * CHUNK_BYTES + 7;
let folder: string;
let content: Buffer;
let file: SourceFile;
let arrived: Buffer;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "send-part-"));
  content = Buffer.alloc(SIZE);
  for (let at = 0; at < SIZE; at += 4)
    content.writeUInt32LE(Math.imul(at, 2_654_435_761) >>> 0, Math.min(at, SIZE - 4));
  writeFileSync(join(folder, "f.bak"), content);
  file = await openSourceFile(join(folder, "f.bak"));
});
afterEach(() => {
  file.close();
  rmSync(folder, { recursive: true });
});

/** Takes what comes, and says its sum as OSS does. */
const store = {
  async uploadPart({ number, body }: { number: number; body: Uint8Array | PartBody }) {
    if (body instanceof Uint8Array) throw new Error("not streamed");
    const chunks: Buffer[] = [];
    await body.send(async (bytes) => void chunks.push(Buffer.from(bytes)));
    arrived = Buffer.concat(chunks);
    return { number, etag: '"e"', sizeBytes: arrived.length, crc64: crc64(arrived).toString() };
  },
} as Partial<UploadStore> as UploadStore;

function send(from: SourceFile, earlier = new Set<bigint>()) {
  return sendPart({
    target: { store, bucket: "b", key: "k", uploadId: "u" },
    file: from,
    part: { number: 1, offset: 0, sizeBytes: SIZE },
    limiter: new ByteLimiter(),
    earlier,
    signal: new AbortController().signal,
    onBytes: () => undefined,
  });
}

/** The file, with one bit of the n-th chunk turned after (`sum` false) or before its sum was made. */
function flipping(chunk: number, alsoSum: boolean): SourceFile {
  let reads = 0;
  return {
    ...file,
    async read(at) {
      const sum = await file.read(at);
      reads += 1;
      if (reads !== chunk) return sum;
      const half = at.pair.halves[at.half];
      half[5] = (half[5] ?? 0) ^ 1;
      return alsoSum ? crc64(half.subarray(0, at.length), at.previous) : sum;
    },
  };
}

test("arrives whole, summed on its way", async () => {
  expect(await send(file)).toEqual({ etag: '"e"', crc64: crc64(content) });
  expect(arrived.equals(content)).toBe(true);
});

test("a bit that turns between reading and sending is caught", async () => {
  await expect(send(flipping(2, false))).rejects.toMatchObject({
    fields: { providerCode: "ChecksumMismatch" },
  });
  expect((await send(file)).crc64).toBe(crc64(content));
});

test("a disk that answers differently when it is read again is not believed", async () => {
  const earlier = new Set<bigint>([crc64(content)]);
  await expect(send(flipping(3, true), earlier)).rejects.toMatchObject({
    fields: { providerCode: "ChecksumMismatch" },
  });
  expect((await send(file, earlier)).crc64).toBe(crc64(content));
});

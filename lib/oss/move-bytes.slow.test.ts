import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ExternalError } from "@/lib/diagnosis/external-error";
import { startOss } from "@/sandbox/oss/start-oss";
import { connectObjectStore } from "./connect-object-store";
import { copyObject } from "./copy-object";
import { crc64 } from "./crc64";
import type { ObjectStore } from "./object-store";
import { uploadStream } from "./upload-stream";

const MIB = 1024 * 1024;
const bucket = "move-bytes";
const credentials = { accessKeyId: "LTAI-move", accessKeySecret: "secret", regionId: "cn-hangzhou" };
let folder: string;
let oss: Awaited<ReturnType<typeof startOss>>;
let store: ObjectStore;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "chainferry-move-"));
  oss = await startOss({ ...credentials, folder, bucket, scenario: "clean" });
  store = connectObjectStore({ ...credentials, endpoint: `http://127.0.0.1:${oss.port}` });
});
afterAll(async () => {
  await oss.stop();
  rmSync(folder, { recursive: true });
});

const BYTES = randomBytes(17 * MIB + 123);
const md5 = (bytes: Uint8Array) => createHash("md5").update(bytes).digest("hex");
const stored = async (key: string, length: number) => md5(await store.readRange({ bucket, key }, 0, length));

async function* pieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 777_777) yield bytes.subarray(at, at + 777_777);
}

describe("bytes that come in order", () => {
  test("arrive whole, in parts, compared by CRC-64", async () => {
    const receipt = await uploadStream({
      store,
      bucket,
      key: "s.trn",
      body: pieces(BYTES),
      sizeBytes: BYTES.length,
    });
    expect(receipt).toMatchObject({ sizeBytes: BYTES.length, parts: 3, crc64: crc64(BYTES).toString() });
    expect(await stored("s.trn", BYTES.length)).toBe(md5(BYTES));
  });

  test("fewer or more than were said leave nothing behind", async () => {
    for (const sizeBytes of [BYTES.length + 1, BYTES.length - 1]) {
      const sending = uploadStream({ store, bucket, key: "x.trn", body: pieces(BYTES), sizeBytes });
      await expect(sending).rejects.toMatchObject({ fields: { reason: "upload_stream_ended" } });
    }
    expect(await store.headObject({ bucket, key: "x.trn" })).toBeNull();
    expect(await store.listUploads({ bucket, prefix: "" })).toEqual([]);
  });

  test("an answer lost on complete is looked for, not sent again", async () => {
    const losing: ObjectStore = {
      ...store,
      completeUpload: async (upload) => {
        await store.completeUpload(upload);
        throw new ExternalError({
          system: "oss",
          kind: "unavailable",
          providerCode: null,
          providerMessage: "the connection broke",
          providerRequestId: null,
          mayHaveHappened: true,
        });
      },
    };
    const key = "lost.trn";
    const receipt = await uploadStream({
      store: losing,
      bucket,
      key,
      body: pieces(BYTES),
      sizeBytes: BYTES.length,
    });
    expect(receipt.etag).toBe((await store.headObject({ bucket, key }))?.etag);
  });
});

describe("a copy inside the bucket", () => {
  beforeAll(async () => {
    await store.putObject({ bucket, key: "源/a@b 1.lbak", body: BYTES });
  });

  test("at once, and part by part when it is large", async () => {
    for (const simpleBytes of [BYTES.length, 1]) {
      const toKey = `copy-${simpleBytes}.trn`;
      await copyObject({
        store,
        bucket,
        fromKey: "源/a@b 1.lbak",
        toKey,
        sizeBytes: BYTES.length,
        limits: { simpleBytes, partBytes: 5 * MIB },
      });
      expect(await stored(toKey, BYTES.length)).toBe(md5(BYTES));
    }
  });

  test("that is not the same object is taken away again", async () => {
    const other: ObjectStore = {
      ...store,
      copyObject: async ({ toKey }) => {
        await store.putObject({ bucket, key: toKey, body: BYTES.subarray(1) });
      },
    };
    const copying = copyObject({
      store: other,
      bucket,
      fromKey: "源/a@b 1.lbak",
      toKey: "bad.trn",
      sizeBytes: BYTES.length,
    });
    await expect(copying).rejects.toMatchObject({ fields: { providerCode: "ObjectChecksumMismatch" } });
    expect(await store.headObject({ bucket, key: "bad.trn" })).toBeNull();
  });
});

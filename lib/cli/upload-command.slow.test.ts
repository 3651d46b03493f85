import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { connectObjectStore } from "@/lib/oss/connect-object-store";
import { crc64 } from "@/lib/oss/crc64";
import type { ObjectStore } from "@/lib/oss/object-store";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";
import { type RunningOss, startOss } from "@/sandbox/oss/start-oss";
import { runUploadCommand } from "./upload-command";
import { openUploadState } from "./upload-state";

const MIB = 1024 * 1024;
const bucket = "from-a-terminal";
const credentials = { accessKeyId: "LTAI-terminal", accessKeySecret: "secret" };
const regionId = "cn-hangzhou";

let folder: string;
let oss: RunningOss;
let store: ObjectStore;
let output = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "chainferry-terminal-"));
  oss = await startOss({ ...credentials, regionId, folder: join(folder, "oss"), bucket, scenario: "clean" });
  store = connectObjectStore({ ...credentials, regionId, endpoint: `http://127.0.0.1:${oss.port}` });
});
afterAll(async () => {
  await oss.stop();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  output = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    output += text.toString();
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

const stateFolder = () => join(folder, "state");

function upload(files: string[], more: { to?: string; json?: boolean } = {}): Promise<number> {
  return runUploadCommand({
    files,
    to: `oss://${bucket}/sales`,
    regionId,
    endpoint: `http://127.0.0.1:${oss.port}`,
    json: true,
    stateFolder: stateFolder(),
    credentials,
    ...more,
  });
}

function write(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

const FULL = Buffer.concat([
  ...backupBytes({
    sets: [
      {
        type: "full",
        databaseName: "Sales",
        firstLsn: 100_00001n,
        lastLsn: 150_00001n,
        checkpointLsn: 100_00001n,
        payloadBytes: 5_000,
      },
    ],
  }),
]);

describe("chainferry upload", () => {
  test("a backup arrives equal to the bit, with what it is and its receipt", async () => {
    const file = write("full.bak", FULL);
    expect(await upload([file])).toBe(0);
    expect(JSON.parse(output)).toMatchObject([
      {
        ok: true,
        file,
        object: `oss://${bucket}/sales/full.bak`,
        type: "full",
        database: "Sales",
        renamedFrom: null,
        receipt: { sizeBytes: FULL.length, crc64: crc64(FULL).toString() },
      },
    ]);
    const object = await store.readRange({ bucket, key: "sales/full.bak" }, 0, FULL.length);
    expect(Buffer.from(object).equals(FULL)).toBe(true);
  });

  test("a name that RDS refuses is mended, and said", async () => {
    expect(await upload([write("销售@1.bak", FULL)], { to: `oss://${bucket}` })).toBe(0);
    const [sent] = JSON.parse(output);
    expect(sent.renamedFrom).toBe("销售@1.bak");
    expect(sent.object).toMatch(/^oss:\/\/from-a-terminal\/[\w.]+\.bak$/);
  });

  test("goes on where an interrupted run stopped, and forgets it at the end", async () => {
    const bytes = randomBytes(11 * MIB);
    const file = write("big.bak", bytes);
    const partSize = MIB;
    const { uploadId } = await store.startUpload({ bucket, key: "sales/big.bak" });
    const state = await openUploadState(stateFolder(), {
      bucket,
      key: "sales/big.bak",
      localPath: file,
    });
    const { size, mtimeMs } = statSync(file);
    await state.save({ uploadId, partSize, sizeBytes: size, mtimeMs });
    await store.uploadPart({
      bucket,
      key: "sales/big.bak",
      uploadId,
      number: 1,
      body: { sizeBytes: partSize, send: (write) => write(bytes.subarray(0, partSize)) },
    });
    expect(await upload([file])).toBe(0);
    expect(JSON.parse(output)[0].receipt).toMatchObject({
      partSize,
      parts: 11,
      partsReused: 1,
      crc64: crc64(bytes).toString(),
    });
    expect(readdirSync(stateFolder())).toEqual([]);
    expect(statSync(stateFolder()).mode & 0o077).toBe(0);
  });

  test("another file under the same name does not continue the old upload", async () => {
    const file = write("again.bak", FULL);
    const state = await openUploadState(stateFolder(), { bucket, key: "sales/again.bak", localPath: file });
    await state.save({ uploadId: "0".repeat(32), partSize: MIB, sizeBytes: 1, mtimeMs: 0 });
    expect(await upload([file])).toBe(0);
    expect(JSON.parse(output)[0].receipt.sizeBytes).toBe(FULL.length);
  });

  test("one that fails does not hold the others, and the exit code tells", async () => {
    const empty = write("empty.bak", new Uint8Array(0));
    expect(await upload([join(folder, "gone.bak"), empty, write("third.bak", FULL)])).toBe(1);
    expect(JSON.parse(output)).toMatchObject([
      { ok: false, error: { code: "upload_file_missing" } },
      { ok: false, error: { code: "upload_file_empty" } },
      { ok: true },
    ]);
  });

  test("a bucket that is not there says so with OSS's code, in words too", async () => {
    expect(await upload([write("lost.bak", FULL)], { to: "oss://no-such-bucket/x", json: false })).toBe(1);
    expect(output).toMatch(/lost\.bak: .+ \(NoSuchBucket\)/);
  });

  test.each(["bucket/x", "https://bucket", "oss://", "oss://UPPER/x", ""])("%s is no place", async (to) => {
    await expect(upload([write("place.bak", FULL)], { to })).rejects.toThrow(/oss:\/\/bucket/);
  });
});

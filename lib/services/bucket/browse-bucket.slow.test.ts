import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReadableStream } from "node:stream/web";
import { afterEach, beforeEach, expect, test } from "vitest";
import { OPENING_MS, type TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { connectObjectStore } from "@/lib/oss/connect-object-store";
import { crc64 } from "@/lib/oss/crc64";
import type { ObjectStore } from "@/lib/oss/object-store";
import { startOss } from "@/sandbox/oss/start-oss";
import {
  beginBucketUpload,
  cancelBucketUpload,
  completeBucketUpload,
  relayBucketPart,
} from "./bucket-upload";
import { deleteObject } from "./delete-object";

const bucket = "of-anybody";
const credentials = { accessKeyId: "LTAI-a", accessKeySecret: "secret", regionId: "cn-hangzhou" };
const place = { connectionId: "cloud", bucket };
let folder: string;
let oss: Awaited<ReturnType<typeof startOss>>;
let store: ObjectStore;
let world: TestCtx;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "chainferry-browse-"));
  oss = await startOss({ ...credentials, folder, bucket, scenario: "clean" });
  store = connectObjectStore({ ...credentials, endpoint: `http://127.0.0.1:${oss.port}` });
  world = await openTestCtx();
  world.clients.objects = async () => store;
  await world.ctx.db.connection.create({
    data: { id: "cloud", kind: "cloud_account", name: "cloud", config: {}, secretSealed: "" },
  });
}, OPENING_MS);
afterEach(async () => {
  await world.close();
  await oss.stop();
  rmSync(folder, { recursive: true });
});

const as = <Input extends object>(input: Input) => ({
  ctx: world.as("operator"),
  input: { ...place, ...input },
});
const put = (key: string) => store.putObject({ bucket, key, body: new Uint8Array(10) });

async function addMigration(id: string, status: string): Promise<void> {
  const { db } = world.ctx;
  const of = { draft: EMPTY_DRAFT, cloudConnectionId: "cloud", createdBy: "test", phase: "online" };
  await db.migration.create({ data: { ...of, id, name: `Migration ${id}`, status, bucket } });
  await db.backupFile.create({
    data: {
      id: `f-${id}`,
      migrationId: id,
      name: "full.bak",
      objectKey: "sales/full.bak",
      state: "imported",
    },
  });
}

async function send(bytes: Buffer, name = "Löhne.bak") {
  const file = { prefix: "in/", name, sizeBytes: bytes.length, modifiedMs: 1 };
  const { upload } = await beginBucketUpload(as({ file }));
  const signal = new AbortController().signal;
  for (let number = 1; number <= upload.partCount; number += 1) {
    const part = bytes.subarray((number - 1) * upload.partSize, number * upload.partSize);
    const body = new Blob([Uint8Array.from(part)]).stream() as ReadableStream<Uint8Array>;
    const relayed = { upload: upload.id, number, sizeBytes: part.length, body, signal };
    expect(await relayBucketPart(as(relayed))).toEqual({ number, crc64: crc64(part).toString() });
  }
  const told = { partsReused: 0, partsRetried: 0, elapsedMs: 1, way: "relay" as const };
  const complete = (sum: bigint) =>
    completeBucketUpload(as({ upload: upload.id, crc64: sum.toString(), ...told }));
  return { upload, complete };
}

test(
  "a file of no migration goes to the bucket in parts, compared as a whole; nothing is written over",
  async () => {
    const bytes = randomBytes(9 * 1024 * 1024);
    const { upload, complete } = await send(bytes);
    expect(upload.partCount).toBeGreaterThan(1);
    // RDS would refuse the letter.
    expect(upload.objectKey).toMatch(/^in\/L_hne_[0-9a-f]+\.bak$/);
    expect(await complete(crc64(bytes) ^ 1n)).toEqual({ outcome: "differs" });
    const done = await complete(crc64(bytes));
    expect(done).toMatchObject({
      outcome: "completed",
      upload: { state: "completed", receipt: { crc64: crc64(bytes).toString(), sizeBytes: bytes.length } },
    });
    const head = await store.headObject({ bucket, key: upload.objectKey });
    expect(head).toMatchObject({ sizeBytes: bytes.length, crc64: crc64(bytes).toString() });
    // The answer was lost: asking again finds what was made.
    expect(await complete(crc64(bytes))).toMatchObject({ outcome: "completed" });
    await expect(send(bytes)).rejects.toMatchObject({
      fields: { code: "conflict", reason: "object_exists" },
    });
    expect(world.log).toContainEqual(expect.objectContaining({ level: "info", message: "object uploaded" }));
  },
  OPENING_MS,
);

test(
  "an upload that was given up leaves no parts, and what is no upload is not found",
  async () => {
    const { upload, complete } = await send(randomBytes(1000), "a.bak");
    await cancelBucketUpload(as({ upload: upload.id }));
    expect(await store.listUploads({ bucket, prefix: "" })).toEqual([]);
    expect(await complete(1n)).toEqual({ outcome: "incomplete" });
    await expect(cancelBucketUpload(as({ upload: "bm8" }))).rejects.toMatchObject({
      fields: { code: "not_found", reason: "upload_not_found" },
    });
  },
  OPENING_MS,
);

test(
  "an object goes when its name is typed, and the records of its migrations say so",
  async () => {
    await addMigration("m1", "succeeded");
    await addMigration("m2", "cancelled");
    await put("sales/full.bak");
    await put("sales/other.bak");
    const remove = (key: string, confirmName: string) => deleteObject(as({ key, confirmName }));
    await expect(remove("sales/full.bak", "full.ba")).rejects.toMatchObject({
      fields: { code: "validation", reason: "name_does_not_match", params: { expected: "full.bak" } },
    });
    expect(await remove("sales/full.bak", "full.bak")).toEqual({ sizeBytes: 10, migrations: 2 });
    expect(await store.headObject({ bucket, key: "sales/full.bak" })).toBeNull();
    const events = await world.ctx.db.migrationEvent.findMany({ orderBy: { migrationId: "asc" } });
    expect(events).toMatchObject(
      ["m1", "m2"].map((migrationId) => ({
        migrationId,
        type: "bucket_cleaned",
        actor: "operator",
        payload: { count: 1, sizeBytes: 10 },
      })),
    );
    expect(await remove("sales/other.bak", "other.bak")).toEqual({ sizeBytes: 10, migrations: 0 });
    expect(world.log.filter(({ message }) => message === "object deleted")).toHaveLength(2);
    await expect(remove("sales/other.bak", "other.bak")).rejects.toMatchObject({
      fields: { code: "not_found", reason: "object_not_found" },
    });
  },
  OPENING_MS,
);

test(
  "a file of a migration that is under way stays, and a viewer deletes nothing",
  async () => {
    await addMigration("m1", "running");
    await put("sales/full.bak");
    const input = { ...place, key: "sales/full.bak", confirmName: "full.bak" };
    await expect(deleteObject({ ctx: world.as("operator"), input })).rejects.toMatchObject({
      fields: { code: "conflict", reason: "object_in_use", params: { name: "Migration m1" } },
    });
    await expect(deleteObject({ ctx: world.as("viewer"), input })).rejects.toMatchObject({
      fields: { code: "forbidden" },
    });
    expect(await store.headObject({ bucket, key: "sales/full.bak" })).not.toBeNull();
  },
  OPENING_MS,
);

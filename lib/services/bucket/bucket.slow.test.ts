import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { OPENING_MS, type TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { connectObjectStore } from "@/lib/oss/connect-object-store";
import type { ObjectStore } from "@/lib/oss/object-store";
import { startOss } from "@/sandbox/oss/start-oss";
import { cleanUp } from "./clean-up";
import { createBucket } from "./create-bucket";
import { listLeftovers } from "./list-leftovers";

const bucket = "sales-in";
const credentials = { accessKeyId: "LTAI-b", accessKeySecret: "secret", regionId: "cn-hangzhou" };
let folder: string;
let oss: Awaited<ReturnType<typeof startOss>>;
let store: ObjectStore;
let world: TestCtx;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "chainferry-bucket-"));
  oss = await startOss({ ...credentials, folder, bucket, scenario: "clean" });
  store = connectObjectStore({ ...credentials, endpoint: `http://127.0.0.1:${oss.port}` });
  world = await openTestCtx();
  world.clients.objects = async () => store;
  const { db } = world.ctx;
  await db.connection.create({
    data: { id: "cloud", kind: "cloud_account", name: "cloud", config: {}, secretSealed: "" },
  });
  await db.migration.create({
    data: {
      id: "m",
      name: "Sales",
      status: "succeeded",
      phase: "online",
      draft: EMPTY_DRAFT,
      cloudConnectionId: "cloud",
      bucket,
      prefix: "sales/",
      createdBy: "test",
    },
  });
  const file = { migrationId: "m", state: "imported" };
  const original = {
    why: "unpacked",
    place: "bucket",
    name: "log.zip.log",
    identity: "sales/log.zip.log",
    version: "1",
    sizeBytes: 10,
  };
  await db.backupFile.create({ data: { ...file, id: "f", name: "full.bak", objectKey: "sales/full.bak" } });
  await db.backupFile.create({
    data: { ...file, id: "l", name: "log.trn", objectKey: "sales/log.trn", original },
  });
  for (const key of ["sales/full.bak", "sales/log.trn", "sales/log.zip.log"]) {
    await store.putObject({ bucket, key, body: new Uint8Array(10) });
  }
  await store.startUpload({ bucket, key: "sales/full.bak" });
}, OPENING_MS);
afterEach(async () => {
  await world.close();
  await oss.stop();
  rmSync(folder, { recursive: true });
});

const clean = (keys: string[], more: { deleteBucket?: boolean; confirmName?: string } = {}) =>
  cleanUp({
    ctx: world.ctx,
    input: { migrationId: "m", keys, abortUploads: true, deleteBucket: false, confirmName: "", ...more },
  });

test("a bucket is made as the guide wants it; a name that OSS refuses is refused here", async () => {
  const input = { connectionId: "cloud", name: "sales-new", regionId: "cn-hangzhou" };
  expect(await createBucket({ ctx: world.ctx, input })).toMatchObject({
    name: "sales-new",
    regionId: "cn-hangzhou",
    storageClass: "Standard",
    encryption: "None",
    acl: "private",
  });
  await expect(
    createBucket({ ctx: world.ctx, input: { ...input, name: "Sales_New" } }),
  ).rejects.toMatchObject({
    fields: { reason: "bucket_name_invalid" },
  });
  await expect(createBucket({ ctx: world.as("viewer"), input })).rejects.toMatchObject({
    fields: { code: "forbidden" },
  });
});

test("what is listed is what goes: objects, originals and open uploads, then the bucket", async () => {
  const found = await listLeftovers({ ctx: world.ctx, input: { migrationId: "m" } });
  expect(found.objects.map(({ key, kind }) => `${kind} ${key}`).sort()).toEqual([
    "object sales/full.bak",
    "object sales/log.trn",
    "original sales/log.zip.log",
    "upload sales/full.bak",
  ]);
  expect(found).toMatchObject({ waitsFor: null, totalBytes: 30, others: 0 });
  const keys = found.objects.filter(({ kind }) => kind !== "upload").map(({ key }) => key);
  await expect(clean(keys, { deleteBucket: true, confirmName: "other" })).rejects.toMatchObject({
    fields: { reason: "name_does_not_match" },
  });
  const done = await clean(keys, { deleteBucket: true, confirmName: bucket });
  expect(done).toEqual({ deleted: 3, deletedBytes: 30, aborted: 1, bucketDeleted: true });
  expect((await store.listBuckets()).map(({ name }) => name)).not.toContain(bucket);
  const events = await world.ctx.db.migrationEvent.findMany({ orderBy: { seq: "asc" } });
  expect(events.map(({ type }) => type)).toEqual(["bucket_cleaned", "bucket_deleted"]);
});

test("what is not this migration's stays, and the bucket with it", async () => {
  await store.putObject({ bucket, key: "payroll/full.bak", body: new Uint8Array(5) });
  await expect(clean(["payroll/full.bak"])).rejects.toMatchObject({ fields: { reason: "cleanup_not_ours" } });
  await expect(clean(["sales/full.bak"], { deleteBucket: true, confirmName: bucket })).rejects.toMatchObject({
    fields: { reason: "bucket_not_empty" },
  });
  expect(await clean(["sales/full.bak"])).toMatchObject({ deleted: 1, bucketDeleted: false });
  expect(await store.headObject({ bucket, key: "payroll/full.bak" })).not.toBeNull();
});

test("an object that only has the name of a local file of ours is not ours", async () => {
  const original = {
    why: "renamed",
    place: "folder",
    name: "full backup.bak",
    identity: "full backup.bak",
    version: "1",
    sizeBytes: 10,
  };
  await world.ctx.db.backupFile.update({ where: { id: "f" }, data: { original } });
  await store.putObject({ bucket, key: "full backup.bak", body: new Uint8Array(5) });
  const found = await listLeftovers({ ctx: world.ctx, input: { migrationId: "m" } });
  expect(found.objects.map(({ key }) => key)).not.toContain("full backup.bak");
  expect(found.others).toBe(1);
});

test("nothing goes while RDS may still read it", async () => {
  await world.ctx.db.backupFile.update({ where: { id: "l" }, data: { state: "importing" } });
  await expect(clean(["sales/full.bak"])).rejects.toMatchObject({ fields: { reason: "cleanup_too_early" } });
  await world.ctx.db.backupFile.update({ where: { id: "l" }, data: { state: "imported" } });
  await world.ctx.db.migration.update({ where: { id: "m" }, data: { status: "running" } });
  await expect(clean(["sales/full.bak"])).rejects.toMatchObject({ fields: { reason: "cleanup_too_early" } });
  expect(await store.headObject({ bucket, key: "sales/full.bak" })).not.toBeNull();
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { crc64 } from "@/lib/backup/crc64";
import type { Ctx } from "@/lib/context/context";
import { OPENING_MS, type TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import type { BeginUploadInput, CompleteUploadInput } from "@/lib/contracts/browser-upload";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { createClients } from "@/lib/start/create-clients";
import { createEndpointGuard, originsOf } from "@/lib/start/endpoint-guard";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";
import type { Sandbox } from "@/sandbox/sandbox";
import { startSandbox } from "@/sandbox/start-sandbox";
import { SANDBOX_CLOUD_ID, seedSandboxConnections } from "../connection/seed-sandbox";
import { beginUpload } from "./begin-upload";
import { cancelUpload } from "./cancel-upload";
import { completeUpload } from "./complete-upload";
import { listUploads } from "./list-uploads";
import { allowAccess, readAccess } from "./read-access";
import { relayPart } from "./relay-part";
import { signParts } from "./sign-parts";

/** The use cases over the real adapter, against a server that verifies signatures and keeps OSS's multipart rules. */
const MIB = 1024 * 1024;
const ORIGIN = "http://127.0.0.1:4280";
let world: TestCtx;
let sandbox: Sandbox;
let clients: ReturnType<typeof createClients>;
let folder: string;
let ctx: Ctx;
let bytes: Uint8Array<ArrayBuffer>;
let counter = 0;
let migrationId: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "chainferry-uploads-"));
  sandbox = await startSandbox({ folder });
  world = await openTestCtx();
  const endpoints = createEndpointGuard({ sandbox: originsOf(sandbox.endpoints) });
  clients = createClients({ db: world.ctx.db, sealer: world.ctx.sealer, endpoints });
  ctx = { ...world.ctx, clients, now: () => new Date() };
  await seedSandboxConnections({ ctx, input: sandbox.endpoints });
  const at = (slot: number) => 50n * 10n ** 15n + BigInt(slot) * 100_000n + 1n;
  const set = {
    type: "full" as const,
    databaseName: "Orders",
    firstLsn: at(1),
    lastLsn: at(20),
    checkpointLsn: at(1),
    payloadBytes: 19 * MIB,
    softwareVersion: "15.0.4430",
    databaseVersion: 904,
  };
  bytes = Uint8Array.from(Buffer.concat([...backupBytes({ sets: [set] })]));
}, OPENING_MS);

afterAll(async () => {
  await clients?.close();
  await world?.close();
  await sandbox?.stop();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  counter += 1;
  migrationId = `m-${counter}`;
  await ctx.db.migration.create({
    data: {
      id: migrationId,
      name: "Orders",
      status: "running",
      phase: "full",
      draft: EMPTY_DRAFT,
      transport: "browser",
      backupBy: "others",
      cloudConnectionId: SANDBOX_CLOUD_ID,
      bucket: sandbox.endpoints.oss.bucket,
      prefix: `orders-${counter}/`,
      createdBy: "test",
    },
  });
});

const file = (change: Partial<BeginUploadInput> = {}): BeginUploadInput => ({
  name: "Orders.bak",
  sizeBytes: bytes.length,
  modifiedMs: 1_780_000_000_000,
  fingerprint: "123-456",
  type: "full",
  ...change,
});
const begin = (change: Partial<BeginUploadInput> = {}) =>
  beginUpload({ ctx, input: { migrationId, file: file(change) } });
const partOf = (number: number) => bytes.subarray((number - 1) * 8 * MIB, number * 8 * MIB);
const completion = (change: Partial<CompleteUploadInput> = {}): CompleteUploadInput => ({
  crc64: crc64(bytes).toString(),
  partsReused: 0,
  partsRetried: 0,
  elapsedMs: 1000,
  way: "direct",
  ...change,
});

async function putDirect(uploadId: string, number: number, body = partOf(number)) {
  const { urls } = await signParts({ ctx, input: { migrationId, uploadId, numbers: [number] } });
  const [signed] = urls;
  if (!signed) throw new Error("nothing was signed");
  const answer = await fetch(signed.url, { method: "PUT", body, headers: { origin: ORIGIN } });
  return { url: signed.url, answer };
}

test("parts by presigned URL, joined, compared, and filed where the engine finds it", async () => {
  const { upload, parts } = await begin();
  expect(upload).toMatchObject({
    objectKey: `orders-${counter}/Orders.bak`,
    partCount: 3,
    partSize: 8 * MIB,
    state: "sending",
  });
  expect(parts).toEqual([]);
  for (const number of [1, 2, 3]) {
    const { answer } = await putDirect(upload.id, number);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("x-oss-hash-crc64ecma")).toBe(crc64(partOf(number)).toString());
  }
  const input = { migrationId, uploadId: upload.id, ...completion() };
  const done = await completeUpload({ ctx, input });
  expect(done).toMatchObject({ outcome: "completed", upload: { state: "completed", receipt: { parts: 3 } } });
  const row = await ctx.db.backupFile.findFirstOrThrow({ where: { migrationId } });
  expect(row).toMatchObject({
    name: "Orders.bak",
    state: "uploaded",
    type: "full",
    databaseName: "Orders",
    crc64: crc64(bytes).toString(),
  });
  // The answer was lost: the same question has the same answer, and happens once.
  expect(await completeUpload({ ctx, input })).toEqual(done);
  expect(await ctx.db.migrationEvent.count({ where: { migrationId, type: "upload_finished" } })).toBe(1);
  // The same file again is there already.
  expect((await begin()).upload).toMatchObject({ id: upload.id, state: "completed" });
  const list = await listUploads({ ctx, input: { migrationId } });
  expect(list.waiting).toMatchObject([{ name: "Orders.bak" }]);
});

test("after a reload the same file goes on, and a changed one begins an object of its own", async () => {
  const { upload } = await begin();
  await putDirect(upload.id, 2);
  const again = await begin();
  expect(again.upload.id).toBe(upload.id);
  expect(again.parts).toEqual([{ number: 2, crc64: crc64(partOf(2)).toString() }]);
  for (const change of [
    { fingerprint: "123-457" },
    { modifiedMs: file().modifiedMs + 1 },
    { sizeBytes: bytes.length - 1 },
  ]) {
    const other = await begin(change);
    expect(other.upload.id).not.toBe(upload.id);
    expect(other.upload.objectKey).not.toBe(upload.objectKey);
    expect(other.parts).toEqual([]);
  }
});

test("two pages that begin at once share one upload", async () => {
  const [one, two] = await Promise.all([begin(), begin()]);
  expect(one.upload.id).toBe(two.upload.id);
  const rows = await ctx.db.browserUpload.findMany({ where: { migrationId } });
  expect(rows).toHaveLength(1);
  const store = await ctx.clients.objects(SANDBOX_CLOUD_ID);
  const { bucket } = sandbox.endpoints.oss;
  const open = await store.listUploads({ bucket, prefix: `orders-${counter}/` });
  expect(open.map(({ uploadId }) => uploadId)).toEqual([rows[0]?.uploadId]);
});

test("what is missing or different is said, and nothing is joined", async () => {
  const { upload } = await begin();
  await putDirect(upload.id, 1);
  const input = { migrationId, uploadId: upload.id };
  expect(await completeUpload({ ctx, input: { ...input, ...completion() } })).toEqual({
    outcome: "incomplete",
  });
  const flipped = Uint8Array.from(partOf(2), (byte, index) => (index === 5 ? byte ^ 1 : byte));
  await putDirect(upload.id, 2, flipped);
  await putDirect(upload.id, 3);
  expect(await completeUpload({ ctx, input: { ...input, ...completion() } })).toEqual({ outcome: "differs" });
  expect((await begin()).parts.find(({ number }) => number === 2)?.crc64).not.toBe(
    crc64(partOf(2)).toString(),
  );
  await putDirect(upload.id, 2);
  expect(await completeUpload({ ctx, input: { ...input, ...completion() } })).toMatchObject({
    outcome: "completed",
  });
});

test("an upload that OSS forgot begins anew under the same row", async () => {
  const { upload } = await begin();
  await putDirect(upload.id, 1);
  const row = await ctx.db.browserUpload.findUniqueOrThrow({ where: { id: upload.id } });
  const store = await ctx.clients.objects(SANDBOX_CLOUD_ID);
  const { bucket } = sandbox.endpoints.oss;
  await store.abortUpload({ bucket, key: row.objectKey, uploadId: row.uploadId ?? "" });
  expect(await begin()).toMatchObject({ upload: { id: upload.id, state: "sending" }, parts: [] });
  expect((await putDirect(upload.id, 1)).answer.status).toBe(200);
});

describe("a presigned URL", () => {
  test("allows one part of one upload of one key, and holds no secret", async () => {
    const { upload } = await begin();
    const { url, answer } = await putDirect(upload.id, 1);
    expect(answer.status).toBe(200);
    expect(url).not.toContain(sandbox.endpoints.accessKeySecret);
    const body = partOf(2);
    for (const change of [
      (link: URL) => link.searchParams.set("partNumber", "2"),
      (link: URL) => link.searchParams.set("uploadId", "another"),
      (link: URL) => {
        link.pathname = link.pathname.replace("Orders.bak", "Other.bak");
      },
      (link: URL) => link.searchParams.set("x-oss-expires", "604800"),
    ]) {
      const link = new URL(url);
      change(link);
      expect((await fetch(link, { method: "PUT", body })).status).toBe(403);
    }
    expect((await fetch(url, { method: "GET" })).status).toBe(403);
  });

  test("is made only for parts that the file has", async () => {
    const { upload } = await begin();
    const signing = signParts({ ctx, input: { migrationId, uploadId: upload.id, numbers: [4] } });
    await expect(signing).rejects.toMatchObject({ fields: { reason: "upload_part_unknown" } });
  });
});

test("through the server: a part is passed on as it comes, and must have its length", async () => {
  const { upload } = await begin();
  const relay = (number: number, body: Uint8Array<ArrayBuffer>, sizeBytes = body.length) =>
    relayPart({
      ctx,
      input: {
        migrationId,
        uploadId: upload.id,
        number,
        sizeBytes,
        body: Readable.toWeb(Readable.from([body])),
        signal: AbortSignal.timeout(20_000),
      },
    });
  for (const number of [1, 2, 3]) {
    expect(await relay(number, partOf(number))).toEqual({
      number,
      crc64: crc64(partOf(number)).toString(),
    });
  }
  await expect(relay(1, partOf(1).subarray(1))).rejects.toMatchObject({
    fields: { reason: "upload_part_length" },
  });
  const input = { migrationId, uploadId: upload.id, ...completion({ way: "relay" }) };
  expect(await completeUpload({ ctx, input })).toMatchObject({ outcome: "completed" });
});

test("cancelled: OSS has forgotten it, and the same file begins anew", async () => {
  const { upload } = await begin();
  const { url } = await putDirect(upload.id, 1);
  await cancelUpload({ ctx, input: { migrationId, uploadId: upload.id } });
  expect((await fetch(url, { method: "PUT", body: partOf(1) })).status).toBe(404);
  await expect(
    signParts({ ctx, input: { migrationId, uploadId: upload.id, numbers: [1] } }),
  ).rejects.toMatchObject({ fields: { reason: "upload_is_over" } });
  expect(await begin()).toMatchObject({ upload: { state: "sending" }, parts: [] });
});

test("the bucket's rules: read, ours added in front, the others kept", async () => {
  const input = { migrationId, origin: ORIGIN };
  const store = await ctx.clients.objects(SANDBOX_CLOUD_ID);
  const { bucket } = sandbox.endpoints.oss;
  expect(await readAccess({ ctx, input })).toMatchObject({ allowed: true });
  const other = {
    allowedOrigins: ["https://other.example"],
    allowedMethods: ["GET"],
    allowedHeaders: [],
    exposeHeaders: [],
    maxAgeSeconds: null,
  };
  await store.browser.setBucketCors(bucket, { rules: [other], responseVary: false });
  expect(await readAccess({ ctx, input })).toMatchObject({ allowed: false, otherRules: 1 });
  const allowed = await allowAccess({ ctx, input });
  expect(allowed).toMatchObject({ allowed: true, otherRules: 2 });
  const { rules } = await store.browser.bucketCors(bucket);
  expect(rules).toEqual([allowed.rule, other]);
  // A browser's own question before it sends a part.
  const { upload } = await begin();
  const { url } = await putDirect(upload.id, 1);
  const preflight = (origin: string) =>
    fetch(url, { method: "OPTIONS", headers: { origin, "access-control-request-method": "PUT" } });
  expect((await preflight(ORIGIN)).headers.get("access-control-allow-origin")).toBe(ORIGIN);
  expect((await preflight("http://evil.example")).status).toBe(403);
  // The probe is answered, readable, and can never do anything.
  const probe = await fetch(allowed.probeUrl, { method: "PUT", body: "x", headers: { origin: ORIGIN } });
  expect(probe.status).toBe(403);
  expect(probe.headers.get("access-control-allow-origin")).toBe(ORIGIN);
});

test("a viewer may look and nothing else; a migration that takes no files says so", async () => {
  const viewer: Ctx = { ...ctx, actor: world.as("viewer").actor };
  const input = { migrationId, file: file() };
  await expect(beginUpload({ ctx: viewer, input })).rejects.toMatchObject({
    fields: { reason: "role_required" },
  });
  await expect(readAccess({ ctx: viewer, input: { migrationId, origin: ORIGIN } })).rejects.toMatchObject({
    fields: { reason: "role_required" },
  });
  expect(await listUploads({ ctx: viewer, input: { migrationId } })).toMatchObject({ uploads: [] });
  await ctx.db.migration.update({ where: { id: migrationId }, data: { transport: "shared_folder" } });
  await expect(begin()).rejects.toMatchObject({ fields: { reason: "upload_not_taken" } });
});

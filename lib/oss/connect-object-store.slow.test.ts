import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { type RunningOss, startOss } from "@/sandbox/oss/start-oss";
import { connectObjectStore } from "./connect-object-store";
import { crc64 } from "./crc64";
import type { ObjectStore, ObjectStoreConfig } from "./object-store";
import { uploadFile } from "./upload-file";

const credentials = { accessKeyId: "sandboxkey", accessKeySecret: "sandbox-s3cr3t", regionId: "cn-hangzhou" };
const bucket = "backups-to-import";
const KIB = 1024;
const bytes = (length: number, seed = 1) =>
  Uint8Array.from({ length }, (_, index) => ((index * 31 * seed) >>> 3) & 255);

describe.each(["127.0.0.1", "localhost"])("against the sandbox at %s", (host) => {
  let folder: string;
  let oss: RunningOss;
  let store: ObjectStore;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "object-store-"));
    oss = await startOss({ ...credentials, folder, bucket, scenario: "clean" });
    store = connectObjectStore({ ...credentials, endpoint: `http://${host}:${oss.port}` });
  });
  afterAll(async () => {
    await oss.stop();
    rmSync(folder, { recursive: true });
  });

  test("buckets and what RDS wants to know of one", async () => {
    expect(await store.listBuckets()).toEqual([
      { name: bucket, regionId: "cn-hangzhou", storageClass: "Standard" },
    ]);
    expect(await store.bucketInfo(bucket)).toMatchObject({
      name: bucket,
      regionId: "cn-hangzhou",
      storageClass: "Standard",
      encryption: "None",
      extranetEndpoint: "oss-cn-hangzhou.aliyuncs.com",
    });
  });

  test("puts, finds, reads and deletes an object with any name", async () => {
    const key = "目录 a+b/it's (1)*!~.bak";
    const body = bytes(1000);
    const put = await store.putObject({ bucket, key, body });
    expect(put.crc64).toBe(crc64(body).toString());
    expect(await store.headObject({ bucket, key })).toMatchObject({
      key,
      sizeBytes: 1000,
      crc64: crc64(body).toString(),
      etag: put.etag,
    });
    expect([...(await store.readRange({ bucket, key }, 10, 5))]).toEqual([...body.subarray(10, 15)]);
    expect(await store.readRange({ bucket, key }, 990, 100)).toHaveLength(10);
    expect(await store.readRange({ bucket, key }, 1000, 100)).toHaveLength(0);
    expect(await store.readRange({ bucket, key }, 5, 0)).toHaveLength(0);
    await store.deleteObject({ bucket, key });
    expect(await store.headObject({ bucket, key })).toBeNull();
  });

  test("lists by prefix, page by page, and after a key", async () => {
    for (const name of ["list/a", "list/b", "list/c", "other"]) {
      await store.putObject({ bucket, key: name, body: bytes(3) });
    }
    const first = await store.listObjects({ bucket, prefix: "list/", limit: 2 });
    expect(first.objects.map((entry) => entry.key)).toEqual(["list/a", "list/b"]);
    expect(first.objects[0]).toMatchObject({ sizeBytes: 3, storageClass: "Standard" });
    expect(first.objects[0]?.lastModifiedAt).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    const rest = await store.listObjects({
      bucket,
      prefix: "list/",
      ...(first.nextContinuationToken ? { continuationToken: first.nextContinuationToken } : {}),
    });
    expect(rest.objects.map((entry) => entry.key)).toEqual(["list/c"]);
    expect(rest.nextContinuationToken).toBeNull();
    const after = await store.listObjects({ bucket, prefix: "list/", startAfter: "list/a" });
    expect(after.objects.map((entry) => entry.key)).toEqual(["list/b", "list/c"]);
  });

  test("a multipart upload by hand: parts, list, uploads in progress, abort", async () => {
    const key = "multi/one.bak";
    const { uploadId } = await store.startUpload({ bucket, key });
    const body = bytes(100 * KIB);
    expect(await store.listParts({ bucket, key, uploadId })).toEqual([]);
    const part = await store.uploadPart({ bucket, key, uploadId, number: 1, body });
    expect(part).toMatchObject({ number: 1, sizeBytes: body.length, crc64: crc64(body).toString() });
    const listed = await store.listParts({ bucket, key, uploadId });
    expect(listed).toEqual([part]);
    expect(await store.listUploads({ bucket, prefix: "multi/" })).toMatchObject([{ key, uploadId }]);
    await store.abortUpload({ bucket, key, uploadId });
    await store.abortUpload({ bucket, key, uploadId });
    expect(await store.listParts({ bucket, key, uploadId })).toBeNull();
  });

  test("uploads a file in parts and goes on after an abort", async () => {
    const content = bytes(1000 * KIB, 3);
    const localPath = join(folder, "sales.bak");
    writeFileSync(localPath, content);
    const key = "up/sales.bak";
    const abort = new AbortController();
    let saved = null;
    const first = uploadFile({
      store,
      bucket,
      key,
      localPath,
      checkpoint: null,
      onCheckpoint: (checkpoint) => {
        saved = checkpoint;
      },
      onProgress: ({ doneBytes }) => doneBytes > 500 * KIB && abort.abort(new Error("enough")),
      signal: abort.signal,
      limits: { partSize: 100 * KIB, lanes: 2 },
    });
    await expect(first).rejects.toThrow("enough");
    const receipt = await uploadFile({
      store,
      bucket,
      key,
      localPath,
      checkpoint: saved,
      onCheckpoint: () => undefined,
    });
    expect(receipt).toMatchObject({ parts: 10, crc64: crc64(content).toString() });
    // Bytes on the line count as progress: the two parts in flight may be among them.
    expect(receipt.partsReused).toBeGreaterThanOrEqual(3);
    expect(await store.headObject({ bucket, key })).toMatchObject({
      sizeBytes: content.length,
      crc64: crc64(content).toString(),
    });
  });

  test("errors keep OSS's code and request id", async () => {
    await expect(store.bucketInfo("no-such-bucket-here")).rejects.toMatchObject({
      fields: { system: "oss", kind: "not_found", providerCode: "NoSuchBucket", httpStatus: 404 },
    });
    await expect(store.bucketInfo("Not A Name")).rejects.toMatchObject({
      fields: { kind: "invalid", providerCode: "InvalidBucketName" },
    });
    await expect(store.headObject({ bucket: "no-such-bucket-here", key: "k" })).rejects.toMatchObject({
      fields: { kind: "not_found", providerCode: "NoSuchBucket" },
    });
    await expect(store.readRange({ bucket, key: "absent" }, 0, 10)).rejects.toMatchObject({
      fields: { kind: "not_found", providerCode: "NoSuchKey", providerRequestId: expect.stringMatching(/./) },
    });
  });

  test("a wrong secret is refused and not repeated in the error", async () => {
    const wrong = connectObjectStore({
      ...credentials,
      accessKeySecret: "wrong-s3cr3t",
      endpoint: `http://${host}:${oss.port}`,
    });
    const error: unknown = await wrong.listBuckets().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ fields: { kind: "auth", providerCode: "SignatureDoesNotMatch" } });
    expect(JSON.stringify(error)).not.toContain("wrong-s3cr3t");
  });
});

describe("against servers that fail", () => {
  let server: Server | null = null;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
    server = null;
  });

  async function connect(
    answer: (request: IncomingMessage, response: ServerResponse) => void,
    more: Partial<ObjectStoreConfig> = {},
  ): Promise<ObjectStore> {
    const listening = createServer(answer);
    server = listening;
    await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
    const { port } = listening.address() as AddressInfo;
    return connectObjectStore({ ...credentials, endpoint: `http://127.0.0.1:${port}`, ...more });
  }

  test("a proxy's page is unavailable, in few words", async () => {
    const store = await connect((_, response) => {
      response.writeHead(502, { "content-type": "text/html" }).end("<html><hr>Bad Gateway</html>");
    });
    await expect(store.bucketInfo(bucket)).rejects.toMatchObject({
      fields: {
        kind: "unavailable",
        httpStatus: 502,
        providerMessage: expect.not.stringContaining("Gateway"),
      },
    });
  });

  test("a lost answer to a completion may have had its effect", async () => {
    const store = await connect((request) => request.socket.destroy());
    const call = store.completeUpload({
      bucket,
      key: "k",
      uploadId: "u",
      parts: [{ number: 1, etag: '"e"' }],
    });
    await expect(call).rejects.toMatchObject({
      fields: { kind: "unavailable", providerCode: "ECONNRESET", mayHaveHappened: true },
    });
  });

  test("silence is a time-out", async () => {
    const store = await connect(() => undefined, { timeoutMs: 50 });
    await expect(store.bucketInfo(bucket)).rejects.toMatchObject({
      fields: { kind: "timeout", providerCode: "IdleTimeout", mayHaveHappened: false },
    });
  });

  test("Retry-After is passed on", async () => {
    const store = await connect((_, response) => {
      response
        .writeHead(503, { "retry-after": "3", "x-oss-request-id": "R1" })
        .end("<Error><Code>QpsLimitExceeded</Code><Message>slow</Message><RequestId>R1</RequestId></Error>");
    });
    await expect(store.listBuckets()).rejects.toMatchObject({
      fields: { kind: "throttled", retryAfterMs: 3000, providerRequestId: "R1" },
    });
  });

  test("signs with V4, sends the token, stays quiet", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const seen: IncomingMessage["headers"][] = [];
    const store = await connect(
      (request, response) => {
        seen.push(request.headers);
        response.end("<ListAllMyBucketsResult><Owner><ID>1</ID></Owner></ListAllMyBucketsResult>");
      },
      { securityToken: "sts-token" },
    );
    expect(await store.listBuckets()).toEqual([]);
    expect(seen[0]?.authorization).toMatch(
      /^OSS4-HMAC-SHA256 Credential=sandboxkey\/\d{8}\/cn-hangzhou\/oss\//,
    );
    expect(seen[0]?.["x-oss-security-token"]).toBe("sts-token");
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });
});

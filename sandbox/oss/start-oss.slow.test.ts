import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import OSS from "ali-oss";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { controlHeaders } from "@/sandbox/control/control-key";
import { LiveScenario } from "@/sandbox/scenario/live-scenario";
import type { ScenarioName } from "@/sandbox/scenario/scenario";
import { Crc64 } from "./crc64";
import { type RunningOss, startOss } from "./start-oss";

const CREDENTIALS = { accessKeyId: "sandboxkey", accessKeySecret: "sandbox-secret", regionId: "cn-hangzhou" };
const BUCKET = "backups-to-import";
const KB = 1024;

let folder = "";
let oss: RunningOss;

async function start(scenario: ScenarioName | LiveScenario = "clean"): Promise<void> {
  oss = await startOss({ ...CREDENTIALS, folder, bucket: BUCKET, scenario });
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "sandbox-oss-"));
  await start();
});

afterEach(async () => {
  await oss.stop();
  rmSync(folder, { recursive: true, force: true });
});

type ClientOptions = Partial<OSS.Options> & { sldEnable?: boolean };

function connect(options: ClientOptions = {}): OSS {
  const { accessKeyId, accessKeySecret } = CREDENTIALS;
  const endpoint = `http://127.0.0.1:${oss.port}`;
  const all = { accessKeyId, accessKeySecret, region: "oss-cn-hangzhou", endpoint, bucket: BUCKET };
  return new OSS({ ...all, authorizationV4: true, ...options } as OSS.Options);
}

const localhost = (): ClientOptions => ({ endpoint: `http://localhost:${oss.port}`, sldEnable: true });

function filler(length: number, seed = 1): Buffer {
  const data = Buffer.alloc(length);
  for (let index = 0; index < length; index += 1) data[index] = (index * 31 * seed) >>> 3;
  return data;
}

const crcOf = (data: Uint8Array) => new Crc64().update(data).digest().toString();

function header(result: { res: unknown }, name: string): string {
  const { headers } = result.res as { headers: Record<string, string> };
  return headers[name] ?? "";
}

/** `ali-oss` types no `stream` parts from memory, so parts go the way its own multipart code sends them. */
async function putPart(client: OSS, key: string, uploadId: string, number: number, body: Buffer) {
  const raw = client as unknown as {
    _uploadPart(
      key: string,
      uploadId: string,
      number: number,
      data: { size: number; stream: AsyncIterable<Buffer> },
    ): Promise<{ etag: string; res: unknown }>;
  };
  const { Readable } = await import("node:stream");
  return raw._uploadPart(key, uploadId, number, { size: body.length, stream: Readable.from([body]) });
}

it("tells what it was given to the holder of the sandbox's key, and to nobody else", async () => {
  const ledger = `http://127.0.0.1:${oss.port}/sandbox/ledger`;
  for (const headers of [{}, { "x-sandbox-key": "guessed" }])
    expect((await fetch(ledger, { headers })).status).toBe(403);
  const told = await fetch(ledger, { headers: controlHeaders(CREDENTIALS.accessKeySecret) });
  expect(told.status).toBe(200);
});

describe.each([
  ["V4, virtual host over an IP", {}],
  ["V1, virtual host over an IP", { authorizationV4: false }],
  ["V4, path style", { path: true }],
  ["V1, path style", { path: true, authorizationV4: false }],
])("an object's life with %s", (_name, { path = false, ...options }: ClientOptions & { path?: boolean }) => {
  it("is put, listed, read in ranges and deleted", async () => {
    const client = connect({ ...options, ...(path ? localhost() : {}) });
    const key = "dir/小 file+1 (copy)'!*~.bak";
    const data = filler(70_000);
    const put = await client.put(key, data, { meta: { uid: 1, pid: 2 } } as OSS.PutObjectOptions);
    expect(header(put, "x-oss-hash-crc64ecma")).toBe(crcOf(data));

    const listed = await client.listV2({ prefix: "dir/", "max-keys": "10" }, {});
    expect(listed.objects?.map((object) => [object.name, object.size])).toEqual([[key, 70_000]]);
    const listedV1 = await client.list({ prefix: "dir/", "max-keys": 10 }, {});
    expect(listedV1.objects?.[0]?.owner?.id).toMatch(/^\d+$/);

    const whole = await client.get(key);
    expect(Buffer.compare(whole.content, data)).toBe(0);
    const range = await client.get(key, { headers: { Range: "bytes=100-199" } });
    expect(range.res.status).toBe(206);
    expect(Buffer.compare(range.content, data.subarray(100, 200))).toBe(0);

    const head = await client.head(key);
    expect(head.meta).toEqual({ uid: "1", pid: "2" });
    expect(header(head, "etag")).toMatch(/^"[0-9A-F]{32}"$/);
    await client.delete(key);
    await expect(client.head(key)).rejects.toMatchObject({ code: "NoSuchKey", status: 404 });
    await expect(client.get(key)).rejects.toMatchObject({ code: "NoSuchKey", ecCode: "0026-00000001" });
  });

  it("is uploaded in parts, listed and completed with the combined CRC", async () => {
    const client = connect({ ...options, ...(path ? localhost() : {}) });
    const data = filler(350 * KB);
    const { uploadId } = await client.initMultipartUpload("multi part.bak");
    const parts = [];
    for (const [index, start] of [0, 120 * KB, 240 * KB].entries()) {
      const body = data.subarray(start, Math.min(data.length, start + 120 * KB));
      const part = await putPart(client, "multi part.bak", uploadId, index + 1, body);
      expect(header(part, "x-oss-hash-crc64ecma")).toBe(crcOf(body));
      parts.push({ number: index + 1, etag: part.etag });
    }
    const uploads = await client.listUploads({ "max-uploads": 10 });
    expect(uploads.uploads.map((upload: { name: string }) => upload.name)).toEqual(["multi part.bak"]);
    const listed = await client.listParts("multi part.bak", uploadId, {
      "max-parts": 2,
      "part-number-marker": 0,
      "encoding-type": "url",
    });
    expect(listed.isTruncated).toBe("true");
    const done = await client.completeMultipartUpload("multi part.bak", uploadId, parts);
    expect(done.etag).toMatch(/^"[0-9A-F]{32}-3"$/);
    expect(header(done, "x-oss-hash-crc64ecma")).toBe(crcOf(data));
    expect(Buffer.compare((await client.get("multi part.bak")).content, data)).toBe(0);
    const across = await client.get("multi part.bak", {
      headers: { Range: `bytes=${120 * KB - 5}-${240 * KB + 4}` },
    });
    expect(Buffer.compare(across.content, data.subarray(120 * KB - 5, 240 * KB + 5))).toBe(0);
    await expect(client.listParts("multi part.bak", uploadId)).rejects.toMatchObject({
      code: "NoSuchUpload",
    });
  });
});

describe("signatures", () => {
  it.each([true, false])("refuses a wrong secret and an unknown key (V4: %s)", async (authorizationV4) => {
    const wrong = connect({ authorizationV4, accessKeySecret: "guess" });
    await expect(wrong.getBucketInfo(BUCKET)).rejects.toMatchObject({
      code: "SignatureDoesNotMatch",
      status: 403,
    });
    const unknown = connect({ authorizationV4, accessKeyId: "nobody" });
    await expect(unknown.getBucketInfo(BUCKET)).rejects.toMatchObject({
      code: "InvalidAccessKeyId",
      status: 403,
    });
  });

  it("refuses a request from a clock that is wrong", async () => {
    const late = connect({ amendTimeSkewed: -20 * 60_000 } as ClientOptions);
    await expect(late.getBucketInfo(BUCKET)).rejects.toMatchObject({
      code: "RequestTimeTooSkewed",
      status: 403,
    });
  });

  it("refuses a request without a signature", async () => {
    const response = await fetch(`http://127.0.0.1:${oss.port}/${BUCKET}/a.bak`);
    expect(response.status).toBe(403);
    expect(await response.text()).toContain("<Code>AccessDenied</Code>");
    expect(response.headers.get("x-oss-request-id")).toMatch(/^[0-9A-F]{24}$/);
  });

  it("takes presigned URLs, V4 and V1, for one method and one key", async () => {
    const client = connect(localhost());
    const url = await client.signatureUrlV4("PUT", 60, {}, "browser/a b.bak");
    expect((await fetch(url, { method: "PUT", body: new Uint8Array(10) })).status).toBe(200);
    expect((await fetch(url)).status).toBe(403);
    expect((await fetch(url.replace("a%20b", "other"), { method: "PUT", body: "x" })).status).toBe(403);
    const read = client.signatureUrl("browser/a b.bak", { expires: 60 });
    expect((await (await fetch(read)).arrayBuffer()).byteLength).toBe(10);
    const expired = client.signatureUrl("browser/a b.bak", { expires: -10 });
    expect(await (await fetch(expired)).text()).toContain("Request has expired.");
  });
});

describe("buckets", () => {
  it("are listed, created, described and deleted when empty", async () => {
    const client = connect();
    await client.putBucket("second-bucket");
    const { buckets } = (await client.listBuckets({})) as unknown as {
      buckets: { name: string; region: string }[];
    };
    expect(buckets.map((bucket) => [bucket.name, bucket.region])).toEqual([
      [BUCKET, "oss-cn-hangzhou"],
      ["second-bucket", "oss-cn-hangzhou"],
    ]);
    const { bucket } = await client.getBucketInfo(BUCKET);
    expect(bucket).toMatchObject({
      Location: "oss-cn-hangzhou",
      ExtranetEndpoint: "oss-cn-hangzhou.aliyuncs.com",
      StorageClass: "Standard",
      AccessControlList: { Grant: "private" },
      ServerSideEncryptionRule: { SSEAlgorithm: "None" },
    });
    await client.put("a.bak", Buffer.from("x"));
    await expect(client.deleteBucket(BUCKET)).rejects.toMatchObject({ code: "BucketNotEmpty", status: 409 });
    await client.deleteBucket("second-bucket");
    await expect(client.getBucketInfo("second-bucket")).rejects.toMatchObject({
      code: "NoSuchBucket",
      status: 404,
    });
  });

  it("delete many objects at once", async () => {
    const client = connect();
    for (const name of ["1 <&>.bak", "2.bak", "3.bak"]) await client.put(name, Buffer.from(name));
    await client.deleteMulti(["1 <&>.bak", "3.bak"]);
    expect((await client.listV2({}, {})).objects?.map((object) => object.name)).toEqual(["2.bak"]);
  });

  it("page with continuation tokens", async () => {
    const client = connect();
    for (let index = 0; index < 5; index += 1) await client.put(`p/${index}.bak`, Buffer.from("x"));
    const first = await client.listV2({ prefix: "p/", "max-keys": "3" }, {});
    expect(first.isTruncated).toBe(true);
    const token = (first as unknown as { nextContinuationToken: string }).nextContinuationToken;
    const second = await client.listV2({ prefix: "p/", "max-keys": "3", "continuation-token": token }, {});
    expect([...first.objects, ...second.objects].map((object) => object.name)).toEqual(
      [0, 1, 2, 3, 4].map((index) => `p/${index}.bak`),
    );
    await expect(client.listV2({ "max-keys": "1001" }, {})).rejects.toMatchObject({
      code: "InvalidArgument",
    });
  });

  it("answer a browser's preflight by their CORS rules", async () => {
    const client = connect();
    await client.putBucketCORS(BUCKET, [
      {
        allowedOrigin: "https://*.example.com",
        allowedMethod: "PUT",
        allowedHeader: "*",
        exposeHeader: "ETag",
      },
    ]);
    expect((await client.getBucketCORS(BUCKET)).rules).toMatchObject([{ allowedMethod: "PUT" }]);
    const ask = (origin: string) =>
      fetch(`http://localhost:${oss.port}/${BUCKET}/a.bak`, {
        method: "OPTIONS",
        headers: {
          Origin: origin,
          "Access-Control-Request-Method": "PUT",
          "Access-Control-Request-Headers": "x-a",
        },
      });
    const allowed = await ask("https://console.example.com");
    expect(allowed.headers.get("access-control-allow-origin")).toBe("https://console.example.com");
    expect((await ask("https://example.org")).status).toBe(403);
  });
});

describe("objects", () => {
  it("are read whole when the range reaches past the end, unless the standard behaviour is asked for", async () => {
    const client = connect();
    await client.put("r.bak", Buffer.from("0123456789"));
    const get = (range: string, standard: boolean) =>
      client.get("r.bak", {
        headers: { Range: range, ...(standard ? { "x-oss-range-behavior": "standard" } : {}) },
      });
    expect((await get("bytes=5-20", false)).res.status).toBe(200);
    expect((await get("bytes=5-20", true)).content.toString()).toBe("56789");
    expect((await get("bytes=-3", false)).content.toString()).toBe("789");
    await expect(get("bytes=10-20", true)).rejects.toMatchObject({ code: "InvalidRange", status: 416 });
  });

  it("answer conditions", async () => {
    const client = connect();
    const put = await client.put("c.bak", Buffer.from("x"));
    const etag = header(put, "etag");
    await expect(client.get("c.bak", { headers: { "If-Match": '"OTHER"' } })).rejects.toMatchObject({
      status: 412,
    });
    await expect(client.head("c.bak", { headers: { "If-None-Match": etag } })).resolves.toMatchObject({
      status: 304,
    });
    await expect(
      client.put("c.bak", Buffer.from("y"), {
        headers: { "x-oss-forbid-overwrite": "true" },
      } as OSS.PutObjectOptions),
    ).rejects.toMatchObject({ code: "FileAlreadyExists", status: 409 });
  });

  it("are not stored when the body is not what its Content-MD5 says", async () => {
    const client = connect();
    const headers = { "Content-MD5": Buffer.alloc(16).toString("base64") };
    await expect(
      client.put("m.bak", Buffer.from("x"), { headers } as OSS.PutObjectOptions),
    ).rejects.toMatchObject({ code: "InvalidDigest", status: 400 });
    expect(readdirSync(join(folder, "buckets", BUCKET, "blobs"))).toEqual([]);
  });
});

describe("multipart uploads", () => {
  async function begin(client: OSS, sizes: number[]) {
    const { uploadId } = await client.initMultipartUpload("m.bak");
    const parts = [];
    for (const [index, size] of sizes.entries()) {
      const { etag } = await putPart(client, "m.bak", uploadId, index + 1, filler(size, index + 2));
      parts.push({ number: index + 1, etag });
    }
    return { uploadId, parts };
  }

  it("refuse parts that are too small, missing or changed, and upload ids that are over", async () => {
    const client = connect();
    const { uploadId, parts } = await begin(client, [50 * KB, 10]);
    await expect(client.completeMultipartUpload("m.bak", uploadId, parts)).rejects.toMatchObject({
      code: "EntityTooSmall",
      status: 400,
    });
    await putPart(client, "m.bak", uploadId, 1, filler(100 * KB));
    await expect(client.completeMultipartUpload("m.bak", uploadId, parts)).rejects.toMatchObject({
      code: "InvalidPart",
    });
    await expect(
      client.completeMultipartUpload("m.bak", uploadId, [{ number: 7, etag: parts[0]?.etag ?? "" }]),
    ).rejects.toMatchObject({ code: "InvalidPart" });
    await expect(putPart(client, "m.bak", uploadId, 10_001, filler(1))).rejects.toMatchObject({
      code: "InvalidArgument",
    });
    await client.abortMultipartUpload("m.bak", uploadId);
    await expect(putPart(client, "m.bak", uploadId, 3, filler(1))).rejects.toMatchObject({
      code: "NoSuchUpload",
      status: 404,
    });
    expect(readdirSync(join(folder, "buckets", BUCKET, "blobs"))).toEqual([]);
  });

  it("and objects survive a restart; content nobody refers to does not", async () => {
    const first = connect();
    await first.put("done.bak", Buffer.from("done"));
    const { uploadId, parts } = await begin(first, [100 * KB]);
    await oss.stop();
    const { writeFileSync } = await import("node:fs");
    writeFileSync(join(folder, "buckets", BUCKET, "blobs", "half-received"), "x");
    await start();
    const client = connect();
    expect((await client.get("done.bak")).content.toString()).toBe("done");
    const { etag } = await putPart(client, "m.bak", uploadId, 2, filler(5));
    const done = await client.completeMultipartUpload("m.bak", uploadId, [...parts, { number: 2, etag }]);
    expect(header(done, "x-oss-hash-crc64ecma")).toBe(crcOf(Buffer.concat([filler(100 * KB, 2), filler(5)])));
    expect(readdirSync(join(folder, "buckets", BUCKET, "blobs"))).toHaveLength(3);
  });
});

describe("the throttling scenario", () => {
  it("answers 503 to a part of the requests, and serves the others", async () => {
    await oss.stop();
    await start("throttling");
    const client = connect();
    const outcomes = [];
    for (let index = 0; index < 21; index += 1) {
      outcomes.push(
        await client.getBucketInfo(BUCKET).then(
          () => 200,
          (error: { status: number }) => error.status,
        ),
      );
    }
    expect(outcomes.filter((status) => status === 503)).toHaveLength(2);
    expect(outcomes.filter((status) => status === 200)).toHaveLength(19);
  });
});

it("cutover-oss-down: answers until the source is closed, and nothing but 503 from then on", async () => {
  await oss.stop();
  const live = new LiveScenario("cutover-oss-down");
  await start(live);
  await connect().put("before.bak", filler(KB));
  live.tellWritesStopped("Sales");
  await expect(connect().put("after.bak", filler(KB))).rejects.toMatchObject({ status: 503 });
  await expect(connect().head("before.bak")).rejects.toMatchObject({ status: 503 });
});

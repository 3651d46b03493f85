import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { type CountingProxy, startCountingProxy } from "@/lib/network/counting-proxy-fixture";
import { setNetworkEnvironment } from "@/lib/network/outgoing-route";
import { makeCertificate } from "@/sandbox/sqlserver/wire/self-signed-certificate";
import { connectObjectStore } from "./connect-object-store";

const HOST = "oss-cn-hangzhou.aliyuncs.com";
const BUCKET_HOST = `bucket.${HOST}`;

let oss: Server;
let port: number;
let certificate: string;
let proxy: CountingProxy;
const bodies: Buffer[] = [];

beforeAll(async () => {
  setNetworkEnvironment(process.env);
  const made = makeCertificate([BUCKET_HOST], Date.now());
  certificate = made.certificate;
  oss = createServer({ key: made.key, cert: made.certificate }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      bodies.push(Buffer.concat(chunks));
      response.writeHead(200, { etag: '"E"', "x-oss-hash-crc64ecma": "7" }).end();
    });
  });
  await new Promise<void>((listening) => oss.listen(0, "127.0.0.1", listening));
  port = (oss.address() as AddressInfo).port;
});
afterAll(() => {
  setNetworkEnvironment({});
  return new Promise((closed) => oss.close(closed));
});
beforeEach(async () => {
  bodies.length = 0;
  proxy = await startCountingProxy(() => ({ host: "127.0.0.1", port }));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await proxy.stop();
});

const store = (certificateAuthority: string | null) =>
  connectObjectStore({
    accessKeyId: "id",
    accessKeySecret: "secret",
    regionId: "cn-hangzhou",
    certificateAuthority,
  });
const part = { bucket: "bucket", key: "a.bak", uploadId: "U", number: 1 };

async function codeOf(call: Promise<unknown>): Promise<[string | null, boolean]> {
  const error: unknown = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isExternalError(error)) throw new Error(`Not an ExternalError: ${String(error)}`);
  return [error.fields.providerCode, error.fields.mayHaveHappened];
}

describe("OSS over HTTPS, through a tunnel", () => {
  test("a part goes whole, over one tunnel, trusting the account's own authority", async () => {
    vi.stubEnv("HTTPS_PROXY", proxy.url.replace("//", "//user:pa%40ss@"));
    const objects = store(certificate);
    const body = Buffer.alloc(300_000, 7);
    await objects.uploadPart({ ...part, body });
    const sent = await objects.uploadPart({
      ...part,
      body: { sizeBytes: 3, send: (write) => write(Buffer.from("abc")) },
    });
    expect(sent).toMatchObject({ etag: '"E"', crc64: "7", sizeBytes: 3 });
    expect(bodies.map(({ length }) => length)).toEqual([300_000, 3]);
    expect([...proxy.tunnels]).toEqual([[`${BUCKET_HOST}:443`, 1]]);
    expect([...proxy.logins]).toEqual([`Basic ${Buffer.from("user:pa@ss").toString("base64")}`]);
  });

  test("without that authority nothing is sent", async () => {
    vi.stubEnv("HTTPS_PROXY", proxy.url);
    expect(await codeOf(store(null).uploadPart({ ...part, body: Buffer.from("abc") }))).toEqual([
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      false,
    ]);
    expect(bodies).toEqual([]);
  });

  test.each([
    [407, "ProxyAuthenticationRequired"],
    [403, "ProxyRefused"],
    [502, "ProxyRefused"],
  ])("a proxy that answers %i is told from OSS", async (status, code) => {
    vi.stubEnv("HTTPS_PROXY", proxy.url);
    proxy.refuses = status;
    expect(await codeOf(store(certificate).uploadPart({ ...part, body: Buffer.from("abc") }))).toEqual([
      code,
      false,
    ]);
  });

  test("a proxy that is not there, or no address, too", async () => {
    vi.stubEnv("HTTPS_PROXY", "http://127.0.0.1:9");
    expect(await codeOf(store(certificate).headObject(part))).toEqual(["ProxyUnreachable", false]);
    vi.stubEnv("HTTPS_PROXY", "socks5://127.0.0.1:9");
    expect(await codeOf(store(certificate).headObject(part))).toEqual(["ProxyAddressInvalid", false]);
  });
});

test("plain HTTP is relayed; its refusals are told from OSS's too", async () => {
  vi.stubEnv("HTTP_PROXY", proxy.url);
  const objects = connectObjectStore({
    accessKeyId: "id",
    accessKeySecret: "secret",
    regionId: "cn-hangzhou",
    endpoint: `http://${HOST}`,
  });
  proxy.refuses = 407;
  expect(await codeOf(objects.deleteObject(part))).toEqual(["ProxyAuthenticationRequired", false]);
  vi.stubEnv("HTTP_PROXY", "http://127.0.0.1:9");
  expect(await codeOf(objects.deleteObject(part))).toEqual(["ProxyUnreachable", false]);
});

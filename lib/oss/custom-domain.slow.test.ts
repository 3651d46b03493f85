import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { connectObjectStore } from "./connect-object-store";

let oss: Server;
let endpoint: string;
let domain: string;
const asked: string[] = [];

const BUCKET_INFO = `<BucketInfo><Bucket><Name>b</Name><Location>oss-cn-hangzhou</Location></Bucket></BucketInfo>`;
const CNAMES = `<ListCnameResult><Bucket>b</Bucket>
  <Cname><Domain>oss.example.com</Domain><Status>Enabled</Status></Cname>
  <Cname><Domain>old.example.com</Domain><Status>Disabled</Status></Cname></ListCnameResult>`;

beforeAll(async () => {
  oss = createServer((request, response) => {
    asked.push(`${request.method} ${request.headers.host} ${request.url?.split("?")[0]}`);
    request.resume();
    request.on("end", () => {
      const { searchParams } = new URL(request.url ?? "", "http://x");
      const xml = searchParams.has("bucketInfo") ? BUCKET_INFO : searchParams.has("cname") ? CNAMES : "";
      response
        .writeHead(request.method === "DELETE" ? 204 : 200, {
          etag: '"E"',
          "content-type": "application/xml",
        })
        .end(xml);
    });
  });
  await new Promise<void>((listening) => oss.listen(0, "127.0.0.1", listening));
  const { port } = oss.address() as AddressInfo;
  endpoint = `http://127.0.0.1:${port}`;
  domain = `http://localhost:${port}`;
});
afterAll(() => new Promise((closed) => oss.close(closed)));
beforeEach(() => {
  asked.length = 0;
});

const store = () =>
  connectObjectStore({
    accessKeyId: "id",
    accessKeySecret: "secret",
    regionId: "cn-hangzhou",
    endpoint,
    domain,
  });

test("objects go over the domain, without the bucket's name; the bucket itself is asked at the endpoint", async () => {
  const objects = store();
  const host = new URL(domain).host;
  await objects.putObject({ bucket: "box", key: "shop/a.bak", body: new Uint8Array(3) });
  await objects.uploadPart({ bucket: "box", key: "a", uploadId: "U", number: 1, body: new Uint8Array(3) });
  await objects.deleteObject({ bucket: "box", key: "a" });
  expect(asked).toEqual([`PUT ${host} /shop/a.bak`, `PUT ${host} /a`, `DELETE ${host} /a`]);
  asked.length = 0;
  await objects.bucketInfo("box");
  expect(asked).toEqual([`GET box.oss-cn-hangzhou.aliyuncs.com /`]);
});

test("a browser gets URLs of the domain, and the bucket stays in the signature", async () => {
  const part = { bucket: "box", key: "a.bak", uploadId: "U", number: 1, seconds: 60 };
  const [one, other] = await Promise.all([
    store().browser.presignPart(part),
    store().browser.presignPart({ ...part, bucket: "cox" }),
  ]);
  const url = new URL(one);
  expect([url.origin, url.pathname]).toEqual([domain, "/a.bak"]);
  // OSS compares it with the bucket that the domain is bound to: another bucket's parts are refused, not misplaced.
  expect(new URL(other).searchParams.get("x-oss-signature")).not.toBe(
    url.searchParams.get("x-oss-signature"),
  );
});

test("domains in use are listed; another way is the same account", async () => {
  expect(await store().listDomains("box")).toEqual(["oss.example.com"]);
  asked.length = 0;
  await store().by({ endpoint }).deleteObject({ bucket: "box", key: "a" });
  expect(asked).toEqual(["DELETE box.oss-cn-hangzhou.aliyuncs.com /a"]);
});

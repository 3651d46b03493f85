import { createServer, type IncomingHttpHeaders } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { CloudCredentials } from "@/lib/diagnosis/cloud-credentials";
import { failureOf } from "@/lib/diagnosis/failure-of";
import { connectObjectStore } from "@/lib/oss/connect-object-store";
import { connectRdsAccount } from "./connect-rds-account";

const seen: IncomingHttpHeaders[] = [];
let endpoint: string;
let current: CloudCredentials;
let refuses = false;

const server = createServer((request, response) => {
  seen.push(request.headers);
  if (refuses) {
    response.statusCode = 403;
    response.setHeader("content-type", "application/json");
    const words = `Specified SecurityToken is expired: ${current.securityToken}`;
    response.end(JSON.stringify({ Code: "InvalidSecurityToken.Expired", Message: words, RequestId: "R" }));
    return;
  }
  const isRds = request.headers["x-acs-action"] !== undefined;
  response.setHeader("content-type", isRds ? "application/json" : "application/xml");
  response.setHeader("x-oss-request-id", "R");
  const buckets =
    "<ListAllMyBucketsResult><Owner><ID>1</ID><DisplayName>1</DisplayName></Owner><Buckets></Buckets></ListAllMyBucketsResult>";
  response.end(isRds ? JSON.stringify({ Items: { DBInstance: [] }, RequestId: "R" }) : buckets);
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  endpoint = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  seen.length = 0;
  refuses = false;
  current = { accessKeyId: "STS.one", accessKeySecret: "secret-one", securityToken: "token-one" };
});

const config = () => ({
  credentials: async () => current,
  regionId: "cn-hangzhou",
  endpoint,
  ramEndpoint: endpoint,
});
const renewed = { accessKeyId: "STS.two", accessKeySecret: "secret-two", securityToken: "token-two" };

test("RDS: a renewed token counts from the next call on", async () => {
  const account = connectRdsAccount(config());
  await account.listInstances();
  current = renewed;
  await account.listInstances();
  expect(seen.map((headers) => headers["x-acs-security-token"])).toEqual(["token-one", "token-two"]);
  expect(seen.at(-1)?.authorization).toContain("Credential=STS.two");
});

test("OSS: a renewed token counts from the next call on, and a plain AccessKey after it has none", async () => {
  const store = connectObjectStore(config());
  await store.listBuckets();
  current = renewed;
  await store.listBuckets();
  current = { accessKeyId: "LTAI", accessKeySecret: "plain" };
  await store.listBuckets();
  expect(seen.map((headers) => headers["x-oss-security-token"])).toEqual([
    "token-one",
    "token-two",
    undefined,
  ]);
  expect(seen.at(-1)?.authorization).toContain("Credential=LTAI/");
});

test("a token that ended is told as that, without the token", async () => {
  refuses = true;
  const failure = failureOf(
    await connectRdsAccount(config())
      .listInstances()
      .catch((error: unknown) => error),
  );
  expect(failure).toMatchObject({
    reason: "rds_token_expired",
    providerCode: "InvalidSecurityToken.Expired",
  });
  expect(JSON.stringify(failure)).not.toMatch(/token-one|secret-one/);
});

test("what the source of credentials says goes through unchanged", async () => {
  const missing = { reason: "no credentials" };
  const account = connectRdsAccount({ ...config(), credentials: () => Promise.reject(missing) });
  await expect(account.listInstances()).rejects.toBeDefined();
  expect(seen).toHaveLength(0);
});

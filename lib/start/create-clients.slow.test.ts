import { createServer, type IncomingHttpHeaders } from "node:http";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { CloudAccountSettings } from "@/lib/contracts/connection";
import { packSecret } from "@/lib/services/connection/pack-secret";
import { openTestStore } from "@/lib/store/open-test-store";
import { createClients } from "./create-clients";
import type { EndpointGuard } from "./endpoint-guard";

const seen: IncomingHttpHeaders[] = [];
const server = createServer((request, response) => {
  seen.push(request.headers);
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ Items: { DBInstance: [] }, RequestId: "R" }));
});
const plain = {
  seal: (text: string) => `sealed:${text}`,
  unseal: (text: string) => text.slice("sealed:".length),
};
let store: Awaited<ReturnType<typeof openTestStore>>;
let settings: CloudAccountSettings;

beforeAll(async () => {
  store = await openTestStore();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const endpoint = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  settings = {
    regionId: "cn-hangzhou",
    credential: "sts",
    accessKeyId: "STS.one",
    rdsEndpoint: endpoint,
    ramEndpoint: endpoint,
    ossEndpoint: endpoint,
  };
}, 60_000);
afterAll(async () => {
  vi.useRealTimers();
  server.closeAllConnections();
  server.close();
  await store.close();
});

const sealed = (securityToken: string) =>
  plain.seal(packSecret({ kind: "cloud_account", name: "x", settings, secret: "secret", securityToken }));

test("a token that another process renewed is used by a client that is open already", async () => {
  await store.db.connection.create({
    data: {
      id: "c",
      kind: "cloud_account",
      name: "x",
      config: settings,
      secretSealed: sealed("token-one"),
      sandbox: true,
    },
  });
  const clients = createClients({ db: store.db, sealer: plain });
  const account = await clients.rds("c");
  await account.listInstances();
  await store.db.connection.update({ where: { id: "c" }, data: { secretSealed: sealed("token-two") } });
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 20_000 });
  await account.listInstances();
  expect(seen.map((headers) => headers["x-acs-security-token"])).toEqual(["token-one", "token-two"]);
  expect(await clients.rds("c")).toBe(account);
  await clients.close();
});

test("an endpoint inside this machine is asked by the sandbox's connections only", async () => {
  const clients = createClients({ db: store.db, sealer: plain });
  const before = seen.length;
  const data = { kind: "cloud_account", name: "x", secretSealed: sealed("token-one") };
  const https = { ...settings, rdsEndpoint: "https://2130706433", ossEndpoint: "https://[::ffff:127.0.0.1]" };
  await store.db.connection.create({ data: { ...data, id: "clear", config: settings } });
  await store.db.connection.create({ data: { ...data, id: "inside", config: https } });
  const refused = (reason: string) =>
    expect.objectContaining({ fields: expect.objectContaining({ reason }) });
  await expect(clients.rds("clear")).rejects.toEqual(refused("endpoint_needs_https"));
  await expect(clients.objects("clear")).rejects.toEqual(refused("endpoint_needs_https"));
  await expect(clients.rds("inside")).rejects.toEqual(refused("endpoint_not_allowed"));
  await expect(clients.objects("inside")).rejects.toEqual(refused("endpoint_not_allowed"));
  const secret = packSecret({ kind: "cloud_account", name: "x", settings, secret: "s", securityToken: "t" });
  await expect(clients.openRds(settings, secret)).rejects.toEqual(refused("endpoint_needs_https"));
  const region = { ...settings, rdsEndpoint: null, ramEndpoint: null, ossEndpoint: null };
  const ram = { ...region, ramEndpoint: "https://2130706433" };
  await expect(clients.openRds(ram, secret)).rejects.toEqual(refused("endpoint_not_allowed"));
  const domain = { ...region, ossDomain: "https://[::ffff:127.0.0.1]" };
  await expect(clients.openObjects(domain, secret)).rejects.toEqual(refused("endpoint_not_allowed"));
  expect(seen).toHaveLength(before);
  await clients.close();
});

test("what OSS's sockets connect to is what was judged", async () => {
  const resolved: string[] = [];
  const endpoints: EndpointGuard = {
    require: () => Promise.resolve(),
    lookupFor: () => (hostname, _options, callback) => {
      resolved.push(hostname);
      callback(Object.assign(new Error(hostname), { code: "EACCES" }), "", 0);
    },
  };
  const clients = createClients({ db: store.db, sealer: plain, endpoints });
  const secret = packSecret({ kind: "cloud_account", name: "x", settings, secret: "s", securityToken: "t" });
  const elsewhere = { ...settings, ossEndpoint: "https://oss.example" };
  const objects = await clients.openObjects(elsewhere, secret);
  await expect(objects.bucketInfo("backups")).rejects.toThrow();
  expect(resolved).toContain("backups.oss.example");
  await clients.close();
});

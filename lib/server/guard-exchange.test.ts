import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { connect as connectTls } from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeCertificate } from "@/sandbox/sqlserver/wire/self-signed-certificate";
import { type Door, LOOPBACK_DOOR, ORIGIN_HEADER } from "./door";
import { guardExchange } from "./guard-exchange";
import { CLIENT_HEADER } from "./open-streams";
import { NONCE_HEADER } from "./page-policy";
import { sessionCookie } from "./session-cookie";

let port: number;
const reached: Record<string, unknown>[] = [];
const server = createServer((request, response) => {
  const policy = { dev: false, connectTo: ["http://127.0.0.1:9000"] };
  if (guardExchange(request, response, { policy, door: LOOPBACK_DOOR }) === null) return;
  reached.push({ url: request.url, ...request.headers });
  response.end("inside");
});

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => new Promise((closed) => server.close(closed)));

/** As it goes over the wire: no client would send most of these. */
async function send(lines: readonly string[]): Promise<{ status: number; head: string; body: string }> {
  const socket = connect(port, "127.0.0.1");
  socket.end(`${lines.join("\r\n")}\r\nconnection: close\r\n\r\n`);
  const parts: Buffer[] = [];
  for await (const part of socket) parts.push(part);
  const answer = Buffer.concat(parts).toString();
  const [head = "", body = ""] = answer.split("\r\n\r\n", 2);
  return { status: Number(head.split(" ")[1]), head: head.toLowerCase(), body };
}

const own = () => `host: 127.0.0.1:${port}`;

test.each(["/", "/connections", "/_next/static/chunks/main.js", "/icon.svg", "/api/system"])(
  "a foreign name in Host is answered nowhere: %s",
  async (path) => {
    const before = reached.length;
    const { status, body } = await send([`GET ${path} HTTP/1.1`, "host: rebound.example"]);
    expect(status).toBe(403);
    expect(body).toContain("host_not_allowed");
    expect(reached).toHaveLength(before);
  },
);

test.each([
  ["GET /%zz HTTP/1.1", 400],
  ["GET /api/migrations/%00 HTTP/1.1", 400],
  ["GET /api/records?taskId=a%00b HTTP/1.1", 400],
  ["GET /api/../migrations HTTP/1.1", 400],
  ["GET /api/%2E%2e/migrations HTTP/1.1", 400],
  ["GET /_next/static/..%2fmigrations HTTP/1.1", 400],
  ["GET /api/./system HTTP/1.1", 400],
  ["GET /_next/static/x%2F..%2F..%2Fmigrations HTTP/1.1", 400],
  ["GET /sign-in\\..\\migrations HTTP/1.1", 400],
  ["GET //evil.example/sign-in HTTP/1.1", 400],
  ["GET http://evil.example/ HTTP/1.1", 400],
  ["OPTIONS * HTTP/1.1", 400],
  ["TRACE /api/system HTTP/1.1", 405],
  ["TRACE / HTTP/1.1", 405],
  ["POST / HTTP/1.1", 405],
  ["PROPFIND /api/system HTTP/1.1", 405],
  ["GET /_global-error HTTP/1.1", 404],
  ["GET /_next/image?url=%2Ficon.svg&w=64&q=75 HTTP/1.1", 404],
])("%s is refused with a reason, before anything else sees it", async (line, expected) => {
  const before = reached.length;
  const { status, head, body } = await send([line, own()]);
  expect(status).toBe(expected);
  expect(head).toContain("application/problem+json");
  expect(JSON.parse(body)).toMatchObject({ status: expect.any(Number), reason: expect.any(String) });
  expect(reached).toHaveLength(before);
});

test.each([
  "127.0.0.1:99999",
  "127.0.0.1:80@evil.example",
  "bob@127.0.0.1",
  "127.0.0.1.",
  "127.0.0.1:80:80",
  "evil.example#127.0.0.1",
  "[::1",
])("a Host that is no name of ours is refused, however it is spelled: %s", async (host) => {
  const { status, body } = await send(["GET /sign-in HTTP/1.1", `host: ${host}`]);
  expect([status, JSON.parse(body).reason]).toEqual([403, "host_not_allowed"]);
});

test("names like ordinary ones, with dots, are addresses", async () => {
  for (const path of ["/api/records/..a", "/_next/static/chunks/a..b.js", "/api/migrations/.x", "/a/..."]) {
    expect((await send([`GET ${path} HTTP/1.1`, own()])).status, path).toBe(200);
  }
});

test("a page can be framed by nobody and runs no script that was written into it", async () => {
  const { status, head } = await send(["GET / HTTP/1.1", own(), "content-security-policy: script-src *"]);
  expect(status).toBe(200);
  const csp = /content-security-policy: (.*)/.exec(head)?.[1] ?? "";
  expect(csp).toContain("frame-ancestors 'none'");
  expect(csp).toMatch(/script-src 'self' 'nonce-[a-z0-9+/=]{24}'/);
  expect(csp).not.toMatch(/unsafe|\*/);
  for (const [name, value] of [
    ["x-content-type-options", "nosniff"],
    ["cross-origin-opener-policy", "same-origin"],
    ["cross-origin-resource-policy", "same-origin"],
    ["referrer-policy", "same-origin"],
    ["permissions-policy", "camera=()"],
  ])
    expect(head).toMatch(new RegExp(`${name}: .*${value}`.replaceAll("(", "\\(").replaceAll(")", "\\)")));
});

test("every answer has a nonce of its own, and what a client claims about itself counts for nothing", async () => {
  const before = reached.length;
  for (let time = 0; time < 2; time += 1)
    await send(["GET / HTTP/1.1", own(), `${CLIENT_HEADER}: someone-else`, `${NONCE_HEADER}: mine`]);
  const [first, second] = reached.slice(before);
  expect(first?.[NONCE_HEADER]).not.toBe(second?.[NONCE_HEADER]);
  expect(first?.[NONCE_HEADER]).not.toBe("mine");
  expect(first?.[CLIENT_HEADER]).toBe("127.0.0.1");
  expect(first?.["content-security-policy"]).toContain(String(first?.[NONCE_HEADER]));
});

test("with a certificate of its own it answers to its public name over TLS, and says so to browsers and cookies", async () => {
  const { key, certificate } = makeCertificate(["chainferry.corp.example"], Date.now());
  const door: Door = { publicOrigin: "https://chainferry.corp.example", trusts: () => false };
  const policy = { dev: false, connectTo: [] };
  let seen: Record<string, unknown> = {};
  const secure = createTlsServer({ key, cert: certificate }, (request, response) => {
    if (guardExchange(request, response, { policy, door }) === null) return;
    seen = request.headers;
    const headers = { [ORIGIN_HEADER]: String(request.headers[ORIGIN_HEADER]) };
    response.setHeader("set-cookie", sessionCookie(new Request("http://any", { headers }), "token"));
    response.end("inside");
  });
  await new Promise<void>((listening) => secure.listen(0, "127.0.0.1", listening));
  const at = { host: "127.0.0.1", port: (secure.address() as AddressInfo).port, ca: certificate };
  const ask = async (host: string) => {
    const socket = connectTls({ ...at, servername: "chainferry.corp.example" });
    socket.end(`GET / HTTP/1.1\r\nhost: ${host}\r\nx-forwarded-for: 1.2.3.4\r\nconnection: close\r\n\r\n`);
    const parts: Buffer[] = [];
    for await (const part of socket) parts.push(part);
    return Buffer.concat(parts).toString().toLowerCase();
  };
  const answer = await ask("chainferry.corp.example");
  expect(answer).toContain("http/1.1 200");
  expect(answer).toContain("strict-transport-security: max-age=31536000");
  expect(answer).toMatch(/set-cookie: __host-chainferry-443=token; path=\/; .*; secure\r\n/);
  expect(seen).toMatchObject({ [CLIENT_HEADER]: "127.0.0.1", [ORIGIN_HEADER]: door.publicOrigin });
  expect(seen["x-forwarded-for"]).toBeUndefined();
  // A name of this machine keeps its browsers free to come without TLS to another program there.
  expect(await ask("localhost")).not.toContain("strict-transport-security");
  expect(await ask("rebound.example")).toContain("http/1.1 403");
  await new Promise((closed) => secure.close(closed));
});

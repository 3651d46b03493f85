import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { guardExchange } from "./guard-exchange";
import { CLIENT_HEADER } from "./open-streams";
import { NONCE_HEADER } from "./page-policy";

let port: number;
const reached: Record<string, unknown>[] = [];
const server = createServer((request, response) => {
  if (guardExchange(request, response, { dev: false, connectTo: ["http://127.0.0.1:9000"] })) return;
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
  ["TRACE /api/system HTTP/1.1", 405],
  ["TRACE / HTTP/1.1", 405],
  ["POST / HTTP/1.1", 405],
  ["PROPFIND /api/system HTTP/1.1", 405],
  ["GET /_next/image?url=%2Ficon.svg&w=64&q=75 HTTP/1.1", 404],
])("%s is refused with a reason, before anything else sees it", async (line, expected) => {
  const before = reached.length;
  const { status, head, body } = await send([line, own()]);
  expect(status).toBe(expected);
  expect(head).toContain("application/problem+json");
  expect(JSON.parse(body)).toMatchObject({ status: expect.any(Number), reason: expect.any(String) });
  expect(reached).toHaveLength(before);
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

import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { Readable } from "node:stream";
import { afterEach, expect, test } from "vitest";
import { type CallContext, httpTransport } from "./http-transport";

let stop: (() => Promise<void>) | null = null;
afterEach(async () => {
  await stop?.();
  stop = null;
});

function listen(answer: RequestListener): Promise<string> {
  return new Promise((resolve) => {
    const server: Server = createServer(answer);
    stop = () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      });
    server.listen(0, "127.0.0.1", () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    });
  });
}

const context = (fields: Partial<CallContext> = {}): CallContext => ({
  idleTimeoutMs: 5000,
  maxResponseBytes: 1000,
  ...fields,
});

test("sends a stream and hands the answer back", async () => {
  let received = "";
  const url = await listen((request, response) => {
    request.on("data", (chunk) => {
      received += String(chunk);
    });
    request.on("end", () => response.writeHead(201, { "x-oss-request-id": "R" }).end("done"));
  });
  const ctx = context();
  const stream = Readable.from([Buffer.from("part")]);
  const answer = await httpTransport.request(url, { method: "PUT", headers: {}, stream, ctx });
  expect(received).toBe("part");
  expect(answer.status).toBe(201);
  expect(answer.data.toString()).toBe("done");
  expect(ctx.answer?.headers["x-oss-request-id"]).toBe("R");
});

test("takes the error document of a HEAD from its header", async () => {
  const document = Buffer.from("<Error><Code>NoSuchBucket</Code></Error>").toString("base64");
  const url = await listen((_, response) => response.writeHead(404, { "x-oss-err": document }).end());
  const answer = await httpTransport.request(url, { method: "HEAD", headers: {}, ctx: context() });
  expect(answer.data.toString()).toContain("NoSuchBucket");
});

test("a connection that goes silent ends the call", async () => {
  const url = await listen((_, response) => response.write("a"));
  const call = httpTransport.request(url, {
    method: "GET",
    headers: {},
    ctx: context({ idleTimeoutMs: 50 }),
  });
  await expect(call).rejects.toMatchObject({ name: "IdleTimeout", status: -2 });
});

test("an abort ends the call while it runs", async () => {
  const abort = new AbortController();
  const url = await listen(() => abort.abort());
  const call = httpTransport.request(url, {
    method: "GET",
    headers: {},
    ctx: context({ signal: abort.signal }),
  });
  await expect(call).rejects.toMatchObject({ name: "AbortError", status: -1 });
});

test("an answer longer than asked for is cut off", async () => {
  const url = await listen((_, response) => response.end(Buffer.alloc(5000)));
  const call = httpTransport.request(url, { method: "GET", headers: {}, ctx: context() });
  await expect(call).rejects.toMatchObject({ name: "AnswerTooLong" });
});

test("an answer that breaks off keeps the system's code", async () => {
  const url = await listen((request, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("half", () => request.socket.destroy());
  });
  const call = httpTransport.request(url, { method: "GET", headers: {}, ctx: context() });
  await expect(call).rejects.toMatchObject({ name: "ECONNRESET", status: -1 });
});

test("nobody listens", async () => {
  const port = await new Promise<number>((resolve) => {
    const server = createTcpServer().listen(0, "127.0.0.1", () => {
      const { port: free } = server.address() as AddressInfo;
      server.close(() => resolve(free));
    });
  });
  const call = httpTransport.request(`http://127.0.0.1:${port}/`, {
    method: "GET",
    headers: {},
    ctx: context(),
  });
  await expect(call).rejects.toMatchObject({ name: "ECONNREFUSED", status: -1 });
});

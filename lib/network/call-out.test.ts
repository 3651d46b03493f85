import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createCallOut, type OutCall } from "./call-out";

const REFUSED = new Error("endpoint_not_allowed");
const GUARD = { require: () => Promise.reject(REFUSED), lookupFor: () => undefined };
let server: http.Server;
let answer: (request: http.IncomingMessage, response: http.ServerResponse) => void;

beforeEach(async () => {
  server = http.createServer((request, response) => answer(request, response));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const call = (more: Partial<OutCall> = {}): OutCall => ({
  url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/ready?x=1`,
  method: "GET",
  headers: {},
  body: null,
  timeoutMs: 5_000,
  sandbox: true,
  ...more,
});

test("posts what it is given and tells status and words, cut", async () => {
  let got = "";
  answer = (request, response) => {
    got = `${request.method} ${request.url} ${request.headers["webhook-id"]} `;
    request.on("data", (data) => (got += data));
    request.on("end", () => response.writeHead(409).end("x".repeat(5_000)));
  };
  const callOut = createCallOut(GUARD, { hasSandbox: true });
  const told = await callOut(call({ method: "POST", body: "{}", headers: { "webhook-id": "7" } }));
  expect(got).toBe("POST /ready?x=1 7 {}");
  expect(told).toEqual({ status: 409, said: "x".repeat(4_000) });
});

test("a redirect is an answer and is not followed", async () => {
  answer = (_, response) => response.writeHead(302, { location: "https://elsewhere.example/" }).end();
  expect(await createCallOut(GUARD, { hasSandbox: true })(call())).toEqual({ status: 302, said: "" });
});

test("who does not answer in time, or is not there, gave no status", async () => {
  answer = () => undefined;
  const callOut = createCallOut(GUARD, { hasSandbox: true });
  expect((await callOut(call({ timeoutMs: 20 }))).status).toBeNull();
  const gone = call();
  await new Promise((closed) => {
    server.closeAllConnections();
    server.close(closed);
  });
  expect(await callOut(gone)).toEqual({ status: null, said: "ECONNREFUSED" });
});

test.each([
  ["a migration of real services", true, false],
  ["a process without a sandbox", false, true],
])("this machine is not asked for %s", async (_, hasSandbox, sandbox) => {
  answer = (_request, response) => response.end();
  await expect(createCallOut(GUARD, { hasSandbox })(call({ sandbox }))).rejects.toBe(REFUSED);
});

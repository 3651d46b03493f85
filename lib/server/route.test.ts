import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Actor, Ctx } from "@/lib/context/context";
import { AppError } from "@/lib/diagnosis/app-error";
import { ExternalError } from "@/lib/diagnosis/external-error";
import { type Credentials, setCtxFactory } from "./ctx-registry";
import { CLIENT_HEADER } from "./open-streams";
import { readJson } from "./read-json";
import { noContent, type RouteHandler, route } from "./route";

interface Line {
  level: string;
  fields: object;
  message: string;
}
const lines: Line[] = [];

const LOCAL_ADMINISTRATOR: Actor = {
  kind: "person",
  id: "local",
  name: "administrator",
  role: "administrator",
};

/** What was put into the audit. */
const noted: { actor: string; action: string; outcome: string }[] = [];
const transaction = {
  $executeRaw: async () => 0,
  auditEntry: {
    findFirst: async () => null,
    create: async ({ data }: { data: (typeof noted)[number] }) => void noted.push(data),
  },
};

/** Routes touch nothing of the context but the actor, the clock, the log and the audit. */
function ctxFor(actor: Actor): Ctx {
  const log = (level: string) => (fields: object, message: string) =>
    void lines.push({ level, fields, message });
  const ctx = {
    actor,
    caller: null,
    system: { signIn: "required" },
    now: () => new Date("2026-05-01T00:00:00Z"),
    db: { $transaction: (work: (tx: typeof transaction) => unknown) => work(transaction) },
    log: { info: log("info"), warn: log("warn"), error: log("error") },
  };
  return ctx as unknown as Ctx;
}

beforeEach(() => {
  lines.length = 0;
  noted.length = 0;
  setCtxFactory(async () => ctxFor(LOCAL_ADMINISTRATOR));
});
afterEach(() => setCtxFactory(null));

const BASE = "http://127.0.0.1:4280";

function get(handler: RouteHandler, headers: Record<string, string> = {}, path = "/api/thing?size=3") {
  const request = new Request(`${BASE}${path}`, { headers: { host: "127.0.0.1:4280", ...headers } });
  return handler(request, { params: Promise.resolve({}) });
}

function post(handler: RouteHandler, body: string, headers: Record<string, string> = {}) {
  const request = new Request(`${BASE}/api/thing`, {
    method: "POST",
    body,
    headers: { host: "127.0.0.1:4280", origin: BASE, "content-type": "application/json", ...headers },
  });
  return handler(request, { params: Promise.resolve({}) });
}

const Size = z.strictObject({ size: z.coerce.number() });
const reading = route({
  role: "viewer",
  query: Size,
  output: z.object({ size: z.number() }),
  handler: ({ query }) => ({ size: query.size, undeclared: "stays inside" }),
});
const Save = z.strictObject({ name: z.string().min(1), secret: z.string().min(1) });
const writing = (handle: () => unknown): RouteHandler =>
  route({ role: "operator", body: Save, output: z.any(), status: 201, handler: () => handle() });
const good = JSON.stringify({ name: "prod", secret: "Tr0ub4dor&3-planted" });

test("an answer is parsed, so that nothing undeclared leaves, and is never cached", async () => {
  const response = await get(reading);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ size: 3 });
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
});

test("a route without params of its path gets none from Next", async () => {
  const request = new Request(`${BASE}/api/thing?size=3`, { headers: { host: "127.0.0.1:4280" } });
  expect((await reading(request, { params: Promise.resolve(undefined) })).status).toBe(200);
});

test("while the application starts the answer is 503 and says when to come again", async () => {
  setCtxFactory(null);
  const response = await get(reading);
  expect(response.status).toBe(503);
  expect(response.headers.get("retry-after")).toBe("1");
  expect(await response.json()).toMatchObject({ reason: "starting", status: 503 });
});

describe("who may talk to a server without sign-in", () => {
  test.each(["127.0.0.1:4280", "localhost:4280", "[::1]:4280", "LOCALHOST"])("host %s", async (host) => {
    expect((await get(reading, { host })).status).toBe(200);
  });

  test.each([
    "evil.example:4280",
    "127.0.0.1.evil.example",
    "10.0.0.5:4280",
    "",
    "localhost.evil.example:80",
  ])("a foreign host (DNS rebinding) is refused: %j", async (host) => {
    const response = await get(reading, { host });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: "forbidden", reason: "host_not_allowed" });
  });

  test.each([
    [{ origin: "http://evil.example" }, 403],
    [{ origin: "http://localhost:9999", host: "localhost:4280" }, 403],
    [{ origin: "https://127.0.0.1:4280" }, 403],
    [{ origin: "null" }, 403],
    [{ origin: "", "sec-fetch-site": "cross-site" }, 403],
    [{ origin: BASE, "sec-fetch-site": "same-origin" }, 201],
    [{ origin: "http://localhost:4280", host: "localhost:4280" }, 201],
  ])("a write from %j is answered %i", async (headers, status) => {
    expect(
      (
        await post(
          writing(() => ({})),
          good,
          headers,
        )
      ).status,
    ).toBe(status);
  });

  test("a write without Origin needs the browser's word that it is of the same origin", async () => {
    const send = async (extra: Record<string, string>) => {
      const headers = { host: "127.0.0.1:4280", "content-type": "application/json", ...extra };
      const request = new Request(`${BASE}/x`, { method: "POST", body: good, headers });
      return (await writing(() => ({}))(request, { params: Promise.resolve({}) })).status;
    };
    expect(await send({})).toBe(403);
    expect(await send({ "sec-fetch-site": "same-site" })).toBe(403);
    expect(await send({ "sec-fetch-site": "none" })).toBe(201);
  });
});

describe("bodies", () => {
  test.each([
    ["text/plain", good, "json_expected"],
    ["application/x-www-form-urlencoded", "name=a", "json_expected"],
    ["application/json", "{", "invalid_json"],
    ["application/json", `"${"x".repeat(300 * 1024)}"`, "body_too_large"],
    ["application/json", "[".repeat(200_000), "invalid_json"],
    ["application/json", `{"name":${"[".repeat(65)}${"]".repeat(65)}}`, "invalid_json"],
    ["application/json", `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`, "invalid_json"],
    ["application/json", '{"name":"a\\u0000b","secret":"long enough"}', "invalid_json"],
    ["application/json", '{"na\\u0000me":"b","secret":"long enough"}', "invalid_json"],
  ])("%s: %#", async (type, body, reason) => {
    const response = await post(
      writing(() => ({})),
      body,
      { "content-type": type },
    );
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: "validation", reason });
  });

  test("brackets in texts are no depth", async () => {
    const body = JSON.stringify({ name: `"${"[{".repeat(500)}`, secret: "long enough" });
    const taken = writing(() => ({}));
    expect((await post(taken, body)).status).toBe(201);
  });

  test("a body that trickles is not waited for", async () => {
    const trickling = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{"name":')),
    });
    const init = {
      method: "POST",
      body: trickling,
      duplex: "half",
      headers: { "content-type": "application/json" },
    };
    const reading = readJson(new Request(BASE, init), { bodyMs: 20 });
    await expect(reading).rejects.toMatchObject({ fields: { code: "validation", reason: "body_too_slow" } });
  });

  test.each(["a\0b", "a%00b"])("an id with NUL is refused before the store sees it: %j", async (id) => {
    const handler = route({
      role: "viewer",
      params: z.strictObject({ id: z.string() }),
      output: z.any(),
      handler: () => ({}),
    });
    const request = new Request(`${BASE}/api/thing`, { headers: { host: "127.0.0.1:4280" } });
    const response = await handler(request, { params: Promise.resolve({ id }) });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ reason: "invalid_address" });
  });

  test.each(["P2000", "P2007", "P2020", "P2033"])(
    "a value that the database does not take: %s",
    async (code) => {
      const error = Object.assign(new Error("value"), { name: "PrismaClientKnownRequestError", code });
      const response = await post(
        writing(() => {
          throw error;
        }),
        good,
      );
      expect(response.status).toBe(400);
    },
  );

  test("a body without a length is cut off at the limit, too", async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(32));
      },
    });
    const init: RequestInit & { duplex: "half" } = {
      method: "POST",
      body: endless,
      duplex: "half",
      headers: { host: "127.0.0.1:4280", origin: BASE, "content-type": "application/json" },
    };
    const response = await writing(() => ({}))(new Request(`${BASE}/x`, init), {
      params: Promise.resolve({}),
    });
    expect(await response.json()).toMatchObject({ reason: "body_too_large" });
    expect(sent).toBeLessThan(1_000_000);
  });

  test("each wrong field is named with a reason, unknown ones too, and never its value", async () => {
    const response = await post(
      writing(() => ({})),
      JSON.stringify({ name: 5, secret: "", colour: "planted" }),
    );
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({
      reason: "invalid_input",
      invalidParams: [
        { path: "name", reason: "field_wrong_type" },
        { path: "secret", reason: "field_required" },
        { path: "colour", reason: "field_unknown" },
      ],
    });
    expect(text).not.toContain("planted");
  });

  test("a query that does not fit is refused like a body", async () => {
    const response = await get(reading, {}, "/api/thing?size=3&colour=red");
    expect(await response.json()).toMatchObject({
      invalidParams: [{ path: "colour", reason: "field_unknown" }],
    });
  });
});

describe("errors", () => {
  const external = (kind: "timeout" | "throttled" | "not_found") =>
    new ExternalError({
      system: "oss",
      kind,
      providerCode: "NoSuchBucket",
      providerMessage: "The specified bucket does not exist.",
      providerRequestId: "65F0",
      mayHaveHappened: false,
    });

  test.each([
    [
      new AppError("conflict", "migration_not_a_draft", { count: 2 }),
      409,
      "conflict",
      "migration_not_a_draft",
    ],
    [external("not_found"), 502, "external_failure", "oss_no_such_bucket"],
    [external("timeout"), 504, "external_timeout", "oss_no_such_bucket"],
    [external("throttled"), 429, "rate_limited", "oss_no_such_bucket"],
    [prismaError("P2025"), 404, "not_found", "not_found"],
    [prismaError("P2002"), 409, "conflict", "already_exists"],
    [prismaError("P1017"), 503, "internal", "store_away"],
    [prismaError("P2003"), 500, "internal", "internal"],
    [new Error("bug"), 500, "internal", "internal"],
    ["not even an error", 500, "internal", "internal"],
  ])("%s", async (error, status, code, reason) => {
    const response = await post(
      writing(() => {
        throw error;
      }),
      good,
    );
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ status, code, reason });
    expect(lines).toHaveLength(1);
    expect(lines[0]?.level).toBe(status >= 500 ? "error" : "warn");
  });

  test("a provider's code, words and request id are kept: support asks for them", async () => {
    const fail = writing(() => {
      throw external("not_found");
    });
    const problem = await (await post(fail, good)).json();
    expect(problem).toMatchObject({
      params: { code: "NoSuchBucket" },
      provider: { system: "oss", code: "NoSuchBucket", requestId: "65F0" },
    });
  });

  test("an answer that breaks its own contract is a bug, not the caller's mistake", async () => {
    const broken = route({
      role: "viewer",
      output: z.object({ size: z.number() }),
      handler: () => JSON.parse('{"size":"planted"}'),
    });
    const response = await get(broken);
    expect(response.status).toBe(500);
    expect(JSON.stringify([await response.json(), lines])).not.toContain("planted");
  });

  test("a role that is too low is refused before anything is parsed", async () => {
    setCtxFactory(async () => ctxFor({ kind: "person", id: "v", name: "v", role: "viewer" }));
    const response = await post(
      writing(() => ({})),
      "{",
    );
    expect(await response.json()).toMatchObject({ code: "forbidden", reason: "role_required" });
  });

  test.each([
    ["a bug", new Error("cannot connect with Tr0ub4dor&3-planted")],
    [
      "a store's error",
      prismaError("P2003", "data: { secret: 'Tr0ub4dor&3-planted', other: 'row-planted' }"),
    ],
    [
      "an outside error",
      new ExternalError({
        system: "sql_server",
        kind: "auth",
        providerCode: "18456",
        providerMessage: "Login failed (Tr0ub4dor&3-planted, Tr0ub4dor%263-planted)",
        providerRequestId: null,
        mayHaveHappened: false,
      }),
    ],
    ["our own error", new AppError("conflict", "x", { name: "Tr0ub4dor&3-planted" })],
  ])("no secret that was sent comes back or is logged: %s", async (_name, error) => {
    const fail = writing(() => {
      throw error;
    });
    const seen = `${await (await post(fail, good)).text()}${JSON.stringify(lines)}`;
    expect(seen).not.toContain("planted");
    expect(lines).toHaveLength(1);
    expect(noted).toHaveLength(1);
    expect(JSON.stringify(noted)).not.toContain("planted");
  });
});

test("a handler may answer with a response of its own", async () => {
  const response = await get(route({ role: "viewer", output: null, handler: noContent }));
  expect(response.status).toBe(204);
  expect(response.headers.get("x-request-id")).not.toBeNull();
});

function prismaError(code: string, message = "of the store"): Error {
  const error = new Error(message);
  error.name = "PrismaClientKnownRequestError";
  return Object.assign(error, { code });
}

test("who sends a request is told by its cookie of this port, its bearer key and its connection", async () => {
  const seen: Credentials[] = [];
  setCtxFactory(async (credentials) => {
    seen.push(credentials);
    return ctxFor(LOCAL_ADMINISTRATOR);
  });
  const cookie = "chainferry-1=other; locale=en; chainferry-4280=own_token-1";
  await get(reading, { cookie, [CLIENT_HEADER]: "10.0.0.9", "user-agent": "Firefox" });
  await get(reading, { cookie: "chainferry-4280=a b", authorization: "Bearer k-1" });
  await get(reading, { cookie: "chainferry-4280=", authorization: "Basic k-1" });
  expect(seen).toMatchObject([
    { token: "own_token-1", machineKey: null, caller: { address: "10.0.0.9", userAgent: "Firefox" } },
    { token: null, machineKey: "k-1", caller: { address: "" } },
    { token: null, machineKey: null },
  ]);
});

import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import type { Actor, Ctx } from "@/lib/context/context";
import { setCtxFactory } from "./ctx-registry";
import { noContent, type RouteHandler, route } from "./route";

const LOCAL_ADMINISTRATOR: Actor = {
  kind: "person",
  id: "local",
  name: "administrator",
  role: "administrator",
};

let signIn: "off" | "required" = "required";
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
function ctxFor(actor: Actor, tables: object = {}): Ctx {
  const silent = () => undefined;
  const ctx = {
    actor,
    caller: null,
    system: { signIn },
    now: () => new Date("2026-05-01T00:00:00Z"),
    db: { ...tables, $transaction: (work: (tx: typeof transaction) => unknown) => work(transaction) },
    log: { info: silent, warn: silent, error: silent },
  };
  return ctx as unknown as Ctx;
}

beforeEach(() => {
  noted.length = 0;
  signIn = "required";
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

test("a write is in the audit with what was sent but no secret, a refusal with its reason, a read not at all", async () => {
  await post(
    writing(() => ({})),
    good,
  );
  await post(
    writing(() => ({})),
    "{}",
  );
  await get(reading);
  setCtxFactory(async () => ctxFor({ kind: "person", id: "v", name: "Vi", role: "viewer" }));
  await post(
    writing(() => ({})),
    good,
  );
  await get(route({ role: "administrator", output: null, handler: () => noContent() }));
  setCtxFactory(async () => ctxFor({ kind: "nobody", id: "nobody", name: "nobody", role: null }));
  await post(
    writing(() => ({})),
    good,
  );
  expect(noted.map(({ actor, action, outcome }) => `${actor}: ${action} ${outcome}`)).toEqual([
    "administrator: POST thing done",
    "administrator: POST thing refused",
    "Vi: POST thing refused",
    "Vi: GET thing refused",
  ]);
  expect(JSON.stringify(noted)).toContain("prod");
  expect(JSON.stringify(noted)).toContain("role_required");
  expect(JSON.stringify(noted)).not.toContain("planted");
});

test("where nobody signs in nothing is noted: there would be nobody to name", async () => {
  signIn = "off";
  await post(
    writing(() => ({})),
    good,
  );
  await post(
    writing(() => ({})),
    "{}",
  );
  expect(noted).toEqual([]);
});

test("the audit names a route by its place in the tree, and what its address names beside it", async () => {
  const deleting = route({ role: "viewer", output: null, handler: () => noContent() });
  const request = new Request(`${BASE}/api/connections/c%20%E4%B8%AD/buckets/b`, {
    method: "DELETE",
    headers: { host: "127.0.0.1:4280", origin: BASE },
  });
  await deleting(request, { params: Promise.resolve({ id: "c 中", bucket: "b" }) });
  expect(noted).toMatchObject([
    { action: "DELETE connections/[id]/buckets/[bucket]", subject: "c 中 b", outcome: "done" },
  ]);
});

test("nobody gets what somebody may, and only what is open to all", async () => {
  setCtxFactory(async () => ctxFor({ kind: "nobody", id: "nobody", name: "nobody", role: null }));
  const refused = await get(reading);
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({ code: "unauthorized", reason: "sign_in_needed" });
  const open = route({ role: null, output: z.object({ ok: z.boolean() }), handler: () => ({ ok: true }) });
  expect((await get(open)).status).toBe(200);
});

test("what wants the password again says so before it does anything, as the spec says it of the body", async () => {
  const provedAt = new Date("2026-04-30T23:55:00Z");
  const session = { findUnique: async () => ({ provedAt, person: { passwordHash: "kept", passkeys: [] } }) };
  setCtxFactory(async () => ctxFor({ ...LOCAL_ADMINISTRATOR, sessionId: "s" }, { session }));
  const done: string[] = [];
  const handler = route({
    role: "operator",
    body: z.strictObject({ name: z.string() }),
    proof: ({ name }) => (name === "cutover" ? "always" : null),
    output: null,
    handler: ({ body }) => {
      done.push(body.name);
      return noContent();
    },
  });
  const refused = await post(handler, JSON.stringify({ name: "cutover" }));
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({
    reason: "reauthentication_required",
    params: { by: "password" },
  });
  expect((await post(handler, JSON.stringify({ name: "tick" }))).status).toBe(204);
  expect(done).toEqual(["tick"]);
  expect(noted.map(({ outcome }) => outcome)).toEqual(["refused", "done"]);
});

test("what a call changes is in the audit as it stood, with what was sent, and without secrets", async () => {
  const handler = route({
    role: "administrator",
    before: async () => ({ name: "old", secret: "planted-before" }),
    body: Save,
    output: null,
    handler: () => noContent(),
  });
  expect((await post(handler, good)).status).toBe(204);
  expect(noted).toMatchObject([
    { detail: { before: expect.stringContaining("old"), sent: expect.stringContaining("prod") } },
  ]);
  expect(JSON.stringify(noted)).not.toContain("planted");
});

test("a route that does not say what its calls are about is not for who is limited", async () => {
  const scope = { connections: [], instances: [], databases: ["Sales"] };
  const role = "operator";
  setCtxFactory(async () => ctxFor({ kind: "person", id: "li", name: "Li", role, scope }));
  const call = (about: "nothing" | "filtered" | undefined) =>
    get(
      route({
        role: "viewer",
        ...(about && { scope: about }),
        output: null,
        handler: () => noContent(),
      }),
      {},
      "/api/thing",
    );
  expect((await call("nothing")).status).toBe(204);
  expect((await call("filtered")).status).toBe(204);
  expect(await (await call(undefined)).json()).toMatchObject({ code: "forbidden", reason: "out_of_scope" });
});

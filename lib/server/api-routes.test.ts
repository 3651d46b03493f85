import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import type { Actor, Ctx } from "@/lib/context/context";
import { setCtxFactory } from "./ctx-registry";
import type { RouteHandler } from "./route";

const API = fileURLToPath(new URL("../../app/api", import.meta.url));
const METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH"] as const;
const FILES = readdirSync(API, { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith("route.ts"),
);

afterEach(() => setCtxFactory(null));

async function handlersOf(file: string): Promise<[method: string, handler: RouteHandler][]> {
  const module: Record<string, unknown> = await import(path.join(API, file));
  return METHODS.flatMap((method) => {
    const handler = module[method];
    return typeof handler === "function" ? [[method, handler as RouteHandler] as [string, RouteHandler]] : [];
  });
}

async function call(
  method: string,
  handler: RouteHandler,
  headers: Record<string, string>,
): Promise<unknown> {
  const request = new Request("http://127.0.0.1:4280/api/any", { method, headers });
  const response = await handler(request, { params: Promise.resolve({}) });
  return response.json();
}

test("there are routes", () => {
  expect(FILES.length).toBeGreaterThan(20);
});

test.each(FILES)("%s goes through route(): guarded, and by role, before anything is read", async (file) => {
  const handlers = await handlersOf(file);
  expect(handlers).not.toEqual([]);
  for (const [method, handler] of handlers) {
    expect(await call(method, handler, { host: "evil.example" })).toMatchObject({
      reason: "host_not_allowed",
    });
    const foreign = { ...own, origin: "http://evil.example" };
    expect(await call(method, handler, foreign)).toMatchObject({ reason: "cross_site_request" });
    expect(await call(method, handler, own)).toMatchObject({ reason: "starting", status: 503 });
  }
});

/** A context in which whatever is asked of the store or of a service outside fails the test. */
function untouchable(actor: Actor): Ctx {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  return new Proxy({ actor, log } as Partial<Ctx> as Ctx, {
    get(known, name) {
      if (name === "actor" || name === "log") return Reflect.get(known, name);
      // Asked by `await`.
      if (name === "then") return undefined;
      throw new Error(`somebody who may not has reached ctx.${String(name)}`);
    },
  });
}

/** Open to whoever comes: signing in, the texts of the page that does it, and what a link shows. */
const OPEN = [
  ...["POST sign-in/route.ts", "GET sign-in/route.ts", "POST sign-in/link/route.ts"],
  ...["POST sign-in/provider/route.ts", "POST sign-in/provider/answer/route.ts"],
  ...["POST sign-in/passkey/route.ts", "POST sign-in/passkey/answer/route.ts"],
  ...["GET texts/route.ts", "POST shared/route.ts"],
];
/** What everybody may change: what is theirs alone. */
const OWN = [
  "PUT history/views/route.ts",
  "POST sign-out/route.ts",
  "DELETE sessions/[id]/route.ts",
  "POST profile/channels/route.ts",
  "PUT profile/channels/[id]/route.ts",
  "DELETE profile/channels/[id]/route.ts",
  "POST profile/channels/[id]/try/route.ts",
  "PUT profile/password/route.ts",
  "POST profile/proof/route.ts",
  "POST profile/proof/provider/route.ts",
  "POST profile/proof/passkey/route.ts",
  "POST profile/proof/passkey/answer/route.ts",
  "POST profile/passkeys/route.ts",
  "POST profile/passkeys/begin/route.ts",
  "PUT profile/passkeys/[id]/route.ts",
  "DELETE profile/passkeys/[id]/route.ts",
];
const own = { host: "127.0.0.1:4280", origin: "http://127.0.0.1:4280" };

test.each(FILES)("%s answers 401 to who is not signed in, and has touched nothing", async (file) => {
  setCtxFactory(async () => untouchable({ kind: "nobody", id: "nobody", name: "nobody", role: null }));
  for (const [method, handler] of await handlersOf(file)) {
    if (OPEN.includes(`${method} ${file}`)) continue;
    expect(await call(method, handler, own)).toMatchObject({ status: 401, reason: "sign_in_needed" });
  }
});

test.each(FILES)("%s lets a viewer write nothing", async (file) => {
  setCtxFactory(async () => untouchable({ kind: "person", id: "v", name: "v", role: "viewer" }));
  for (const [method, handler] of await handlersOf(file)) {
    if (method === "GET" || [...OPEN, ...OWN].includes(`${method} ${file}`)) continue;
    expect(await call(method, handler, own)).toMatchObject({ code: "forbidden", reason: "role_required" });
  }
});

/** What shows or moves what is everybody's: for who is limited there is none of it. */
const FOR_UNLIMITED = FILES.filter((file) =>
  /^(?:waves|shares|people|audit|folders|store|recovery|ways-in)\b/.test(file),
);

test.each(FOR_UNLIMITED)("%s is closed to who is limited, and has touched nothing", async (file) => {
  const scope = { connections: [], instances: [], databases: ["Sales"] };
  setCtxFactory(async () => untouchable({ kind: "person", id: "o", name: "o", role: "operator", scope }));
  for (const [method, handler] of await handlersOf(file)) {
    expect(await call(method, handler, own), method).toMatchObject({
      reason: expect.stringMatching(/^(?:role_required|out_of_scope)$/),
    });
  }
});

test("the exceptions are routes that there are", async () => {
  const all = await Promise.all(
    FILES.map(async (file) => (await handlersOf(file)).map(([method]) => `${method} ${file}`)),
  );
  expect(all.flat()).toEqual(expect.arrayContaining([...OPEN, ...OWN]));
});

/**
 * Cutover, going back, opening, deleting from buckets, connections, people, links for others, channels, approved folders, settings, the rule of the second
 * person, and what commands of the machine ask for: all of the store, a way in.
 */
const ASK_AGAIN = [
  "DELETE channels/[id]/route.ts",
  "PUT channels/[id]/route.ts",
  "POST channels/route.ts",
  "POST connections/[id]/buckets/[bucket]/objects/delete/route.ts",
  "DELETE connections/[id]/route.ts",
  "PUT connections/[id]/route.ts",
  "POST connections/route.ts",
  "PUT cutover-rules/route.ts",
  "PUT folders/route.ts",
  "POST migrations/[id]/actions/route.ts",
  "POST migrations/[id]/cleanup/route.ts",
  "POST migrations/[id]/rehearsal/drop/route.ts",
  "POST migrations/[id]/way-back/link/route.ts",
  "POST people/[id]/link/route.ts",
  "POST profile/channels/route.ts",
  "PUT profile/channels/[id]/route.ts",
  "DELETE profile/channels/[id]/route.ts",
  "DELETE profile/passkeys/[id]/route.ts",
  "POST profile/passkeys/begin/route.ts",
  "POST profile/passkeys/route.ts",
  "PUT people/[id]/route.ts",
  "POST people/route.ts",
  "POST records/[taskId]/open/route.ts",
  "POST recovery/route.ts",
  "PUT sandbox/route.ts",
  "PUT settings/route.ts",
  "POST shares/route.ts",
  "POST store/backup/route.ts",
  "POST store/record/route.ts",
  "POST waves/[id]/actions/route.ts",
];

test("what is not done from a page left open is this, and no reading", async () => {
  const all = await Promise.all(
    FILES.map(async (file) =>
      (await handlersOf(file)).flatMap(([method, { asksAgain }]) => (asksAgain ? [`${method} ${file}`] : [])),
    ),
  );
  expect(all.flat().sort()).toEqual([...ASK_AGAIN].sort());
});

test("what puts something into folders and buckets to find out is no GET", async () => {
  const methods = await handlersOf("migrations/[id]/probes/route.ts");
  expect(methods.map(([method]) => method)).toEqual(["POST"]);
});

test.each(FILES)("%s is glue: no more than 24 lines beside its imports, no try", (file) => {
  const text = readFileSync(path.join(API, file), "utf8");
  const lines = text
    .replace(/^import [^;]*;\n/gm, "")
    .trim()
    .split("\n");
  expect(lines.length).toBeLessThanOrEqual(24);
  expect(text).not.toMatch(/\btry\b/);
});

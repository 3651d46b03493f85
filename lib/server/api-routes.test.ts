import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import type { Ctx } from "@/lib/context/context";
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
  const own = { host: "127.0.0.1:4280", origin: "http://127.0.0.1:4280" };
  for (const [method, handler] of handlers) {
    expect(await call(method, handler, { host: "evil.example" })).toMatchObject({
      reason: "host_not_allowed",
    });
    const foreign = { ...own, origin: "http://evil.example" };
    expect(await call(method, handler, foreign)).toMatchObject({ reason: "cross_site_request" });
    expect(await call(method, handler, own)).toMatchObject({ reason: "starting", status: 503 });
  }
});

test.each(FILES)("%s lets a viewer write nothing", async (file) => {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const actor = { kind: "person", id: "v", name: "v", role: "viewer" };
  setCtxFactory(() => ({ actor, log }) as unknown as Ctx);
  for (const [method, handler] of await handlersOf(file)) {
    if (method === "GET") continue;
    const own = { host: "127.0.0.1:4280", origin: "http://127.0.0.1:4280" };
    expect(await call(method, handler, own)).toMatchObject({ code: "forbidden", reason: "role_required" });
  }
});

test("what puts something into folders and buckets to find out is no GET", async () => {
  const methods = await handlersOf("migrations/[id]/probes/route.ts");
  expect(methods.map(([method]) => method)).toEqual(["POST"]);
});

test.each(FILES)("%s is glue: no more than 20 lines beside its imports, no try", (file) => {
  const text = readFileSync(path.join(API, file), "utf8");
  const lines = text
    .replace(/^import [^;]*;\n/gm, "")
    .trim()
    .split("\n");
  expect(lines.length).toBeLessThanOrEqual(20);
  expect(text).not.toMatch(/\btry\b/);
});

import { inject } from "vitest";
import type { Role } from "@/lib/contracts/system";
import type { IdentitySources } from "@/lib/identity/sources/identity-sources";
import type { PrismaClient } from "@/lib/store/generated/client";
import { openMemoryStore } from "@/lib/store/memory/memory-client-fixture";
import type { Clients, Ctx } from "./context";
import { NO_SANDBOX_HAND } from "./no-sandbox-hand-fixture";

export interface TestCtx {
  ctx: Ctx;
  as(role: Role): Ctx;
  clients: Partial<Clients>;
  log: { level: string; fields: object; message: string }[];
  /** What `now` answers; tests move it. */
  clock: { at: Date };
  forgotten: string[];
  close(): Promise<void>;
}

/** A worker opens its first database; on a busy machine that takes a while. */
export const OPENING_MS = 60_000;

/**
 * For tests of rules, of files called `*.quick.test.ts`: a context over an empty store in memory, which takes a fiftieth of the
 * time, and in `npm run test:long` over an embedded one. `clients` are put in by each test; others throw.
 */
export async function openQuickCtx(): Promise<TestCtx> {
  if (inject("long")) {
    const { openTestStore } = await import("@/lib/store/open-test-store");
    return testCtxOn(await openTestStore());
  }
  const clock = { at: BEGIN };
  const done = () => Promise.resolve();
  return testCtxOn({ db: openMemoryStore(() => clock.at).client(done), close: done }, clock);
}

const BEGIN = new Date("2026-05-04T10:00:00.000Z");

/** A context over this store, which it closes. */
export function testCtxOn(
  { db, close }: { db: PrismaClient; close: () => Promise<void> },
  clock: TestCtx["clock"] = { at: BEGIN },
): TestCtx {
  const clients: Partial<Clients> = {};
  const log: TestCtx["log"] = [];
  const forgotten: string[] = [];
  let ids = 0;
  const write = (level: string) => (fields: object, message: string) =>
    void log.push({ level, fields, message });
  const call = <K extends keyof Clients>(name: K): Clients[K] => {
    const made = clients[name];
    if (!made) throw new Error(`this test gave no ${name}`);
    return made as Clients[K];
  };
  const base: Omit<Ctx, "actor"> = {
    caller: null,
    now: () => clock.at,
    newId: () => `id-${++ids}`,
    db,
    clients: {
      source: async (id) => call("source")(id),
      objects: async (id) => call("objects")(id),
      rds: async (id) => call("rds")(id),
      openSource: async (settings, password) => call("openSource")(settings, password),
      openObjects: async (settings, secret) => call("openObjects")(settings, secret),
      openRds: async (settings, secret) => call("openRds")(settings, secret),
      forget: async (id) => void forgotten.push(id),
    },
    // Reversible and visibly not the plain text.
    sealer: {
      seal: (plain) => Buffer.from(plain).toString("base64"),
      unseal: (sealed) => Buffer.from(sealed, "base64").toString(),
    },
    mailOut: () => Promise.reject(new Error("this test writes to nobody")),
    callOut: () => Promise.reject(new Error("this test asks nobody outside")),
    identity: {
      ...{ provider: null, directory: null },
      passkeys: only<IdentitySources["passkeys"]>({}),
    },
    sandboxHand: NO_SANDBOX_HAND,
    wake: () => undefined,
    system: { version: "0", store: "embedded", engine: "in_process", sandbox: null, signIn: "off" },
    log: { info: write("info"), warn: write("warn"), error: write("error") },
  };
  const as = (role: Role): Ctx => ({ ...base, actor: { kind: "person", id: role, name: role, role } });
  return {
    ctx: as("administrator"),
    as,
    clients,
    log,
    clock,
    forgotten,
    close,
  };
}

/** An adapter of which only the given methods exist; any other fails the test that calls it. */
export function only<T extends object>(methods: Partial<T>): T {
  return new Proxy(methods, {
    get(target, name) {
      // A promise that resolves to it asks for `then`.
      if (name === "then") return undefined;
      const method = Reflect.get(target, name);
      if (method === undefined) throw new Error(`this test gave no ${String(name)}`);
      return method;
    },
  }) as T;
}

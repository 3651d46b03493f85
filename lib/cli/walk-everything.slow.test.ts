import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { freePort } from "@/sandbox/free-port";
import { type Served, signInByLink, startServed, tokenOf } from "./served-fixture";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"] as const;
type Method = (typeof METHODS)[number];
/** What Next answers by itself where a route reads. */
const READING: readonly Method[] = ["GET", "HEAD"];
/** Words that only who is signed in may read. */
const PLANTED = "planted-9f31";

/** Signing in and out, and what is one's own: walked by the others. */
const OPEN_OR_OWN = /^(?:sign-|texts|profile|sessions)/;
/** Open to whoever comes. */
const OPEN = [
  "POST sign-in",
  "GET sign-in",
  "HEAD sign-in",
  "POST sign-in/link",
  "POST sign-in/provider",
  "POST sign-in/provider/answer",
  "POST sign-in/passkey",
  "POST sign-in/passkey/answer",
  "POST shared",
  "GET texts",
  "HEAD texts",
];
/** What everybody may change: what is theirs alone. */
const OWN = [
  "PUT history/views",
  "POST sign-out",
  "DELETE sessions/[id]",
  "PUT profile/password",
  "POST profile/channels",
  "PUT profile/channels/[id]",
  "DELETE profile/channels/[id]",
  "POST profile/channels/[id]/try",
  "POST profile/proof",
  "POST profile/proof/provider",
  "POST profile/proof/passkey",
  "POST profile/proof/passkey/answer",
  "POST profile/passkeys",
  "POST profile/passkeys/begin",
  "PUT profile/passkeys/[id]",
  "DELETE profile/passkeys/[id]",
];

const OWN_DATABASE = { sourceDatabase: "OwnDB", targetDatabase: "OwnDB" };

const data = mkdtempSync(join(tmpdir(), "chainferry-walk-"));
let served: Served;
let base: string;
let administrator: string;
let viewer: string;
/** An operator who is limited to another database than the one that is planted. */
let limited: string;
/** A migration of theirs. */
let own: string;
/** What stands for `[name]` in an address, by the first word of the route where that decides. */
let places: Record<string, string>;

interface Answer {
  status: number;
  location: string | undefined;
  body: string;
}

/** Any method, which fetch does not send. What streams for ever is left after its first bytes. */
function ask(method: Method, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((settle, fail) => {
    const { hostname, port } = new URL(base);
    const call = request({ hostname, port, method, path, headers: { origin: base, ...headers } });
    call.once("error", fail);
    call.once("response", (answer) => {
      let body = "";
      const done = () => {
        settle({ status: answer.statusCode ?? 0, location: answer.headers.location, body });
        answer.destroy();
      };
      const streams = answer.headers["content-type"]?.startsWith("text/event-stream");
      answer.setEncoding("utf8");
      answer.on("data", (chunk) => {
        body += chunk;
        if (streams) done();
      });
      answer.once("end", done);
      answer.once("error", fail);
    });
    call.end();
  });
}

async function tell(method: "POST" | "PUT", path: string, body: unknown): Promise<Record<string, unknown>> {
  const headers = { origin: base, cookie: administrator, "content-type": "application/json" };
  const answer = await fetch(`${base}${path}`, { method, headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  const text = await answer.text();
  return text === "" ? {} : JSON.parse(text);
}

interface ApiRoute {
  /** As it lies in the tree: `migrations/[id]/start`. */
  name: string;
  methods: readonly Method[];
}

/** Every route file with the methods that it exports; a new one is walked because it is there. */
const ROUTES: readonly ApiRoute[] = readdirSync("app/api", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith("route.ts"))
  .map((file) => {
    const text = readFileSync(join("app/api", file), "utf8");
    const exported = [...text.matchAll(/export const ([A-Z]+) = /g)].map(([, method]) => method);
    const methods = METHODS.filter((method) => exported.includes(method === "HEAD" ? "GET" : method));
    return { name: file.replace(/\/route\.ts$/, ""), methods };
  });

const QUERIES: Readonly<Record<string, () => string>> = {
  records: () => `?connectionId=${places.cloud}&instanceId=${places.instanceId}`,
  texts: () => "?locale=en&of=shell",
  "migrations/[id]/uploads/history": () => "?name=any.bak&sizeBytes=1",
  "connections/[id]/buckets/[bucket]/header": () => "?key=any.bak",
};

function addressOf({ name }: ApiRoute): string {
  const [first = ""] = name.split("/");
  const path = name.replace(/\[(\w+)\]/g, (_, word: string) => {
    if (name === "connections/[id]/databases") return places.source ?? "";
    return (word === "id" ? places[first] : places[word]) ?? "any";
  });
  return `/api/${path}${QUERIES[name]?.() ?? ""}`;
}

/** Every page of the tree: folders in brackets are part of no address, `[id]` is any word. */
const PAGES = readdirSync("app", { recursive: true, encoding: "utf8" })
  .filter((file) => /(^|\/)page\.tsx$/.test(file))
  .map((file) => `/${file.replace(/\/?page\.tsx$/, "").replace(/\([^)]*\)\/?/g, "")}`)
  .map((path) => (path.length > 1 ? path.replace(/\/$/, "") : path));
const ENTRIES = ["/sign-in", "/sign-in/return", "/enter", "/share"];

/** Every row of every table, as `chainferry backup` has them. */
async function readStore(): Promise<Map<string, string[]>> {
  const { key } = JSON.parse(readFileSync(join(data, "serving.json"), "utf8"));
  const headers = { origin: base, authorization: `Bearer ${key}` };
  const answer = await fetch(`${base}/api/store/backup`, { method: "POST", headers });
  const tables = new Map<string, string[]>();
  let rows: string[] = [];
  for (const line of (await answer.text()).split("\n")) {
    const table = /^\{"table":"(\w+)"/.exec(line)?.[1];
    if (table) {
      rows = [];
      tables.set(table, rows);
    } else if (line.startsWith("=")) rows.push(line);
  }
  for (const each of tables.values()) each.sort();
  return tables;
}

/** Tables whose rows differ. The backup that looks is a call itself, and is noted. */
async function changedSince(before: Map<string, string[]>): Promise<string[]> {
  const after = await readStore();
  expect([...after.keys()]).toEqual([...before.keys()]);
  const rowsOf = (tables: Map<string, string[]>, name: string) =>
    (tables.get(name) ?? []).filter((row) => !row.includes("store/backup"));
  return [...after.keys()].filter(
    (name) => JSON.stringify(rowsOf(before, name)) !== JSON.stringify(rowsOf(after, name)),
  );
}

async function inTurns<T>(things: readonly T[], work: (thing: T) => Promise<void>): Promise<void> {
  const left = [...things];
  const turn = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next);
  };
  await Promise.all([turn(), turn(), turn(), turn()]);
}

beforeAll(async () => {
  execFileSync(process.execPath, ["scripts/build-if-needed.mjs"], { stdio: ["ignore", 2, 2] });
  const port = await freePort();
  base = `http://127.0.0.1:${port}`;
  served = startServed({ environment: { CHAINFERRY_DATA: data } }, "--port", String(port));
  while (!served.output().includes("/enter#")) {
    if (served.child.exitCode !== null) throw new Error(served.output());
    await sleep(20);
  }
  administrator = await signInByLink(base, tokenOf(served.output()));
  const invited = await tell("POST", "/api/people", { name: PLANTED, role: "viewer" });
  viewer = await signInByLink(base, String(invited.token));
  const system = await (await fetch(`${base}/api/system`, { headers: { cookie: administrator } })).json();
  const { sourceConnectionId, cloudConnectionId, bucket } = system.sandbox;
  const draft = {
    ...{ ...EMPTY_DRAFT, sourceConnectionId, cloudConnectionId, bucket, sourceDatabase: PLANTED },
    ...{ instanceId: "rm-sandbox2022ha", targetDatabase: PLANTED },
  };
  const migration = await tell("POST", "/api/migrations", { draft });
  const channel = await tell("POST", "/api/channels", {
    ...{ name: "channel", kind: "generic", language: "en", notices: [], linkBase: base },
    ...{ enabled: true, url: "https://127.0.0.1:9/hook", secret: null },
  });
  const sessions = await (await fetch(`${base}/api/sessions`, { headers: { cookie: administrator } })).json();
  const session = sessions.sessions.find((each: { own: boolean }) => each.own);
  own = String((await tell("POST", "/api/migrations", { draft: { ...draft, ...OWN_DATABASE } })).id);
  const operator = await tell("POST", "/api/people", { name: "limited", role: "operator" });
  await tell("PUT", `/api/people/${operator.personId}`, {
    ...{ role: "operator", disabled: false },
    scope: { connections: [], instances: [], databases: [OWN_DATABASE.sourceDatabase] },
  });
  limited = await signInByLink(base, String(operator.token));
  places = {
    ...{ source: sourceConnectionId, cloud: cloudConnectionId, connections: cloudConnectionId, bucket },
    ...{ instanceId: "rm-sandbox2022ha", taskId: "1", number: "1" },
    ...{ migrations: String(migration.id), people: String(invited.personId), sessions: session.id },
    channels: String(channel.id),
  };
}, 300_000);
afterAll(async () => {
  served.child.kill("SIGKILL");
  await served.ended;
  rmSync(data, { recursive: true, force: true });
});

test("there is something to walk: to who is signed in it says what others must not read", async () => {
  expect(ROUTES.length).toBeGreaterThan(60);
  expect(PAGES.length).toBeGreaterThan(10);
  for (const path of ["/api/migrations", "/api/people", `/api/migrations/${places.migrations}`]) {
    const answer = await ask("GET", path, { cookie: administrator });
    expect([answer.status, answer.body.includes(PLANTED)], path).toEqual([200, true]);
  }
});

test("without a session every route refuses every method with 401, or has none of it, and nothing is changed", async () => {
  const before = await readStore();
  const guess = { cookie: `chainferry-${new URL(base).port}=guess` };
  for (const headers of [{}, guess]) {
    await inTurns(ROUTES, async (route) => {
      for (const method of headers === guess ? route.methods : METHODS) {
        if (OPEN.includes(`${method} ${route.name}`)) continue;
        const answer = await ask(method, addressOf(route), headers);
        const expected = route.methods.includes(method) ? 401 : 405;
        expect(answer.status, `${method} ${route.name}`).toBe(expected);
        expect(answer.body, `${method} ${route.name}`).not.toContain(PLANTED);
        if (expected === 401 && method !== "HEAD") expect(answer.body).toContain("sign_in_needed");
      }
    });
  }
  expect(await changedSince(before)).toEqual([]);
});

test("without a session every page, asset and unknown address leads to the sign-in page, whatever asks for it", async () => {
  const before = await readStore();
  const assets = readdirSync("public", { recursive: true, encoding: "utf8" }).map((file) => `/${file}`);
  const built = readdirSync(".next/static", { recursive: true, encoding: "utf8" })
    .filter((file) => /\.\w+$/.test(file))
    .map((file) => `/_next/static/${file}`);
  const inside = [
    "/.next/BUILD_ID",
    "/_next/data/x.json",
    "/_next/image?url=%2Ficon.svg&w=64&q=75",
    "/package.json",
  ];
  const pages = PAGES.map((page) => page.replace(/\[\w+\]/g, places.migrations ?? ""));
  const asked = [{}, { rsc: "1" }, { rsc: "1", "next-router-prefetch": "1" }, { "next-action": "x" }];
  await inTurns([...pages, ...assets, ...inside, "/nowhere"], async (path) => {
    for (const method of METHODS) {
      for (const headers of asked) {
        const answer = await ask(method, path, headers);
        const name = `${method} ${path} ${JSON.stringify(headers)}`;
        expect(answer.body, name).not.toContain(PLANTED);
        if (!READING.includes(method)) expect(answer.status, name).toBe(405);
        else if (path.startsWith("/_next/image")) expect(answer.status, name).toBe(404);
        // Asked for as data, Next leads to the address that names what was asked.
        else if ([...ENTRIES, "/icon.svg"].includes(path)) expect([200, 307], name).toContain(answer.status);
        else
          expect([answer.status, answer.location?.startsWith("/sign-in?next=")], name).toEqual([303, true]);
      }
    }
  });
  // Code and styles are no secret, and hold nothing of the store.
  await inTurns(built, async (path) => {
    const answer = await ask("GET", path);
    expect([answer.status, answer.body.includes(PLANTED)], path).toEqual([200, false]);
  });
  expect(await changedSince(before)).toEqual([]);
});

test("a viewer writes nowhere, and nothing is changed by what they read", async () => {
  const before = await readStore();
  const failed: string[] = [];
  await inTurns(ROUTES, async (route) => {
    for (const method of METHODS) {
      const name = `${method} ${route.name}`;
      if (OPEN.includes(name) || OWN.includes(name)) continue;
      const { status } = await ask(method, addressOf(route), { cookie: viewer });
      if (!route.methods.includes(method)) expect(status, name).toBe(405);
      else if (!READING.includes(method)) expect(status, name).toBe(403);
      else if (status >= 500) failed.push(`${name} ${status}`);
    }
  });
  for (const page of PAGES.filter((path) => !ENTRIES.includes(path))) {
    const path = page.replace(/\[\w+\]/g, places.migrations ?? "");
    // One leads to another.
    const { status, location } = await ask("GET", path, { cookie: viewer });
    expect([status === 200 || status === 307, location?.startsWith("/sign-in") ?? false], path).toEqual([
      true,
      false,
    ]);
  }
  expect(failed).toEqual([]);
  // Their refusals are noted, and when their session was used.
  expect((await changedSince(before)).filter((table) => !["AuditEntry", "Session"].includes(table))).toEqual(
    [],
  );
});

test("who is limited gets nothing of others from any route, and changes nothing of theirs", async () => {
  const mine = await ask("GET", `/api/migrations/${own}`, { cookie: limited });
  expect([mine.status, mine.body.includes(OWN_DATABASE.sourceDatabase)]).toEqual([200, true]);
  const before = await readStore();
  const theirs = ROUTES.filter(({ name }) => !OPEN_OR_OWN.test(name));
  await inTurns(theirs, async (route) => {
    for (const method of route.methods) {
      const name = `${method} ${route.name}`;
      const { status, body } = await ask(method, addressOf(route), { cookie: limited });
      expect(body, name).not.toContain(PLANTED);
      if (route.name.startsWith("migrations/[id]")) {
        // Closed to who is limited, or not there; a body or query that is none is said first, whatever it would have been about.
        expect([400, 403, 404], `${name} ${body}`).toContain(status);
        if (status === 400 && method !== "HEAD") expect(body, name).toContain('"code":"validation"');
      }
    }
  });
  const headers = { origin: base, cookie: limited, "content-type": "application/json" };
  const send = (method: string, path: string, body: unknown) =>
    fetch(`${base}/api/migrations${path}`, { method, headers, body: JSON.stringify(body) });
  const foreign = { draft: { ...EMPTY_DRAFT, sourceDatabase: PLANTED } };
  for (const [answer, status] of [
    [await send("POST", `/${places.migrations}/actions`, { type: "cancel" }), 404],
    [await send("PUT", `/${places.migrations}/draft`, { draft: EMPTY_DRAFT }), 404],
    [await send("PUT", `/${own}/draft`, foreign), 403],
    [await send("POST", "", foreign), 403],
  ] as const) {
    expect(answer.status, await answer.text()).toBe(status);
  }
  expect((await changedSince(before)).filter((table) => !["AuditEntry", "Session"].includes(table))).toEqual(
    [],
  );
});

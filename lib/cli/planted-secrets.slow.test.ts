import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import type { Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { ReportView } from "@/lib/contracts/report";
import { LOCALES } from "@/lib/format/locale";
import { readPaperFiles } from "@/lib/start/paper-files";
import { freePort } from "@/sandbox/free-port";
import { reportHtml } from "./report-html";
import { listenSomewhere, type Served, signInByLink, startServed, tokenOf } from "./served-fixture";

const STREAM_MS = 5_000;
const data = mkdtempSync(join(tmpdir(), "chainferry-planted-"));
let served: Served;
let base: string;
let cookie: string;
let migrationId: string;
let hook: string;

/** Whatever nobody may find anywhere, by what it is. */
const planted: Record<string, string> = {
  sqlPassword: "Sql-9f31&planted pass",
  accessKeyId: "LTAIplanted9f31",
  accessKeySecret: "AkSecret9f31planted/+=",
  stsToken: "CAISplanted9f31/StsToken==",
  ownPassword: "drei gelbe Kutschen 9f31",
  guessedPassword: "guessed-9f31 planted",
  channelPath: "hook-planted-9f31",
  channelSecret: "whsec-planted-9f31",
  hookPath: "hook-key-9f31-planted",
  hookSecret: "hook-signs-9f31-planted",
  metricsToken: "metrics-planted-9f31",
  oidcSecret: "oidc-planted-9f31 secret",
  ldapPassword: "ldap-planted-9f31 password",
};
/** What others are told by the product, with the address that it was told to: only its body is searched. */
const told: string[] = [];
let listener: Server;

/** What is seen from outside, by where it was seen. */
const seen = new Map<string, string>();

async function send(method: string, path: string, body: unknown, where: string | null): Promise<unknown> {
  const headers = { origin: base, cookie, "content-type": "application/json" };
  const answer = await fetch(`${base}${path}`, { method, headers, body: JSON.stringify(body) });
  const text = await answer.text();
  // An answer that gives a link to pass on is the one place where it may stand.
  if (where !== null) seen.set(where, `${answer.status} ${text}`);
  return text.startsWith("{") ? JSON.parse(text) : null;
}

/** Head and body; of what streams for ever, what comes until its first facts are there, or for some seconds. */
async function read(path: string, headers: Record<string, string> = {}): Promise<string> {
  const answer = await fetch(`${base}${path}`, {
    headers: { cookie, ...headers },
    signal: AbortSignal.timeout(60_000),
  });
  let text = `${JSON.stringify([...answer.headers])}\n`;
  if (!answer.headers.get("content-type")?.startsWith("text/event-stream"))
    return text + (await answer.text());
  const reader = answer.body?.getReader();
  const over = sleep(STREAM_MS, { done: true, value: undefined });
  const decoder = new TextDecoder();
  while (text.split("\n\n").length < 8) {
    const part = await Promise.race([reader?.read(), over]);
    if (part === undefined || part.done) break;
    text += decoder.decode(part.value, { stream: true });
  }
  await reader?.cancel();
  return text;
}

/** As it may stand in a text: itself, in an address, in JSON and that in JSON, in hex, in base64 alone or within something longer. */
function spellings(secret: string): string[] {
  const inJson = (text: string) => JSON.stringify(text).slice(1, -1);
  const once = encodeURIComponent(secret);
  const bytes = Buffer.from(secret);
  const hex = bytes.toString("hex");
  // In base64 what a text becomes depends on how many bytes stand before it; its ends are shared with what stands beside it.
  const within = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    return text.slice(before === 0 ? 0 : before + 1, -1);
  });
  return [
    ...[
      secret,
      once,
      encodeURIComponent(once),
      inJson(secret),
      inJson(inJson(secret)),
      hex,
      hex.toUpperCase(),
    ],
    ...within.flatMap((text) => [
      text,
      text.replaceAll("+", "-").replaceAll("/", "_"),
      encodeURIComponent(text),
    ]),
  ];
}

function found(text: string, secrets: Record<string, string>, spell = spellings): string[] {
  return Object.entries(secrets).flatMap(([name, secret]) =>
    spell(secret).some((spelling) => text.includes(spelling)) ? [name] : [],
  );
}

/** As a program writes it down: there are many bytes to look through. */
const asWritten = (secret: string): string[] => [
  ...[secret, JSON.stringify(secret).slice(1, -1), Buffer.from(secret).toString("base64")],
  Buffer.from(secret).toString("hex"),
];

beforeAll(async () => {
  execFileSync(process.execPath, ["scripts/build-if-needed.mjs"], { stdio: ["ignore", 2, 2] });
  const port = await freePort();
  base = `http://127.0.0.1:${port}`;
  const environment = {
    ...{ CHAINFERRY_DATA: data, CHAINFERRY_LOG: "debug", CHAINFERRY_SIGN_IN: "required" },
    CHAINFERRY_METRICS_TOKEN: planted.metricsToken ?? "",
    // Where nobody answers: what is wrong with either is told, and what opens them is not.
    ...{ CHAINFERRY_OIDC_ISSUER: "http://127.0.0.1:9", CHAINFERRY_OIDC_CLIENT_ID: "chainferry" },
    ...{ CHAINFERRY_OIDC_CLIENT_SECRET: planted.oidcSecret ?? "", CHAINFERRY_OIDC_VIEWERS: "*" },
    ...{ CHAINFERRY_LDAP_URL: "ldap://127.0.0.1:9", CHAINFERRY_LDAP_BASE: "dc=corp" },
    ...{ CHAINFERRY_LDAP_BIND_DN: "cn=reader,dc=corp", CHAINFERRY_LDAP_VIEWERS: "*" },
    CHAINFERRY_LDAP_BIND_PASSWORD: planted.ldapPassword ?? "",
  };
  const { server, port: hookPort } = await listenSomewhere();
  listener = server;
  hook = `http://127.0.0.1:${hookPort}/${planted.hookPath}`;
  server.on("connection", (socket) => {
    let text = "";
    socket.on("error", () => undefined);
    socket.on("data", (part) => {
      text += part;
      // The address and the signature of a call are for whoever is called.
      told.push(text.slice(text.indexOf("\r\n\r\n")));
      socket.end("HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    });
  });
  served = startServed({ environment }, "--port", String(port), "--time-factor", "600");
  while (!served.output().includes("/enter#")) {
    if (served.child.exitCode !== null) throw new Error(served.output());
    await sleep(20);
  }
  planted.setupToken = tokenOf(served.output());
  cookie = await signInByLink(base, planted.setupToken);
  await plant();
}, 300_000);
afterAll(async () => {
  served.child.kill("SIGKILL");
  await served.ended;
  listener.close();
  rmSync(data, { recursive: true, force: true });
});

/** Puts each where people put it, with everything that fails when it is wrong. */
async function plant(): Promise<void> {
  const { sandbox } = (await (await fetch(`${base}/api/system`, { headers: { cookie } })).json()) as {
    sandbox: Record<string, string>;
  };
  const { oss, rds, sqlServer, accessKeySecret } = JSON.parse(
    readFileSync(join(data, "sandbox", "endpoints.json"), "utf8"),
  );
  planted.sandboxSecret = accessKeySecret;
  planted.sandboxPassword = sqlServer.password;
  const source = {
    ...{ kind: "sql_server", name: "Planted source", secret: planted.sqlPassword },
    settings: {
      ...{ host: "127.0.0.1", port: sqlServer.port, instanceName: null, user: "nobody" },
      ...{ encrypt: "on", trustServerCertificate: true, certificateAuthority: null },
    },
  };
  const account = {
    ...{ kind: "cloud_account", name: "Planted account" },
    ...{ secret: planted.accessKeySecret, securityToken: planted.stsToken },
    settings: {
      ...{ regionId: "cn-hangzhou", credential: "sts", accessKeyId: planted.accessKeyId, expiresAt: null },
      ...{ rdsEndpoint: rds.endpoint, ramEndpoint: rds.endpoint, ossEndpoint: oss.endpoint },
    },
  };
  for (const [name, input] of Object.entries({ source, account })) {
    const { id } = (await send("POST", "/api/connections", input, `saving the ${name}`)) as { id: string };
    expect(id, seen.get(`saving the ${name}`)).toBeDefined();
    await send("POST", `/api/connections/${id}/test`, null, `testing the saved ${name}`);
    await send("POST", "/api/connections/test", input, `testing the ${name}`);
    await send(
      "POST",
      "/api/connections",
      { ...input, unknown: input.secret },
      `a wrong field of the ${name}`,
    );
    await send("PUT", `/api/connections/${id}`, { ...input, name: "" }, `a wrong ${name}`);
  }
  const channel = {
    ...{ name: "Planted channel", kind: "generic", language: "en", linkBase: base, enabled: true },
    ...{ notices: ["step_failed", "database_online"], secret: planted.channelSecret },
    url: `https://127.0.0.1:9/${planted.channelPath}`,
  };
  const made = (await send("POST", "/api/channels", channel, "saving a channel")) as { id: string };
  await send("POST", `/api/channels/${made.id}/try`, null, "trying a channel");
  for (const kind of ["openid", "directory"])
    await send("POST", "/api/ways-in/try", { kind }, `trying the ${kind}`);
  await send("POST", "/api/sign-in/provider", { next: "/" }, "leaving for the provider");
  for (const at of ["here", "directory"]) {
    const attempt = { name: "administrator", password: planted.guessedPassword, at };
    await send("POST", "/api/sign-in", attempt, `a wrong sign-in, ${at}`);
  }
  const draft = {
    ...{ ...EMPTY_DRAFT, sourceConnectionId: sandbox.sourceConnectionId, sourceDatabase: "HRDB" },
    ...{ cloudConnectionId: sandbox.cloudConnectionId, bucket: sandbox.bucket, prefix: "hrdb/" },
    ...{ sourceFolder: sandbox.sourceFolder, localFolder: sandbox.localFolder, step: "review" },
    ...{ instanceId: "rm-sandbox2022ha", targetDatabase: "HRDB" },
  };
  const migration = (await send("POST", "/api/migrations", { draft }, "a draft")) as { id: string };
  migrationId = migration.id;
  await send("POST", `/api/migrations/${migrationId}/start`, { reviewed: draft }, "a start");
  const asked = {
    ...{ url: hook, secret: planted.hookSecret, moments: ["before_stop"], otherwise: "wait" },
    ...{ timeoutSeconds: 5, waitMinutes: 5 },
  };
  await send(
    "POST",
    `/api/migrations/${migrationId}/actions`,
    { type: "set_hook", hook: asked },
    "setting a hook",
  );
  await send(
    "POST",
    `/api/migrations/${migrationId}/actions`,
    { type: "set_hook", hook: { ...asked, waitMinutes: -1 } },
    "a wrong hook",
  );
  const share = (await send("POST", "/api/shares", { migrationId, span: "8h" }, null)) as { token: string };
  planted.shareToken = share.token;
  await send("POST", "/api/shared", { token: share.token }, "a shared view");
  const invited = (await send("POST", "/api/people", { name: "Ann", role: "viewer" }, null)) as {
    token: string;
  };
  planted.invitation = invited.token;
  await send(
    "PUT",
    "/api/profile/password",
    { currentPassword: null, newPassword: planted.ownPassword },
    "a password",
  );
  planted.endedSession = cookie.replace(/^[^=]*=/, "");
  const answer = await fetch(`${base}/api/sign-in`, {
    method: "POST",
    headers: { origin: base, "content-type": "application/json" },
    body: JSON.stringify({ name: "administrator", password: planted.ownPassword }),
  });
  cookie = (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  planted.session = cookie.replace(/^[^=]*=/, "");
  // The first file on its way, so that steps, progress and events have something to say.
  for (let look = 0; look < 200; look += 1) {
    const answer = await read(`/api/migrations/${migrationId}`);
    const view = JSON.parse(answer.slice(answer.indexOf("\n")));
    if (view.lastSeq >= 8) break;
    await sleep(100);
  }
}

const files = (folder: string, end: RegExp): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => end.test(file));
const idsIn = (text: string): string[] => [...text.matchAll(/"id":"([^"]{1,64})"/g)].map(([, id = ""]) => id);

test("no planted secret is in an answer, a page, a stream, a record, a dump or a log", async () => {
  const ids = new Map<string, string[]>();
  for (const list of ["connections", "channels", "people", "sessions"])
    ids.set(list, idsIn(await read(`/api/${list}`)));
  ids.set("migrations", [migrationId]);
  for (const file of files("app/api", /route\.ts$/)) {
    if (!readFileSync(join("app/api", file), "utf8").includes("export const GET")) continue;
    const route = file.replace(/\/route\.ts$/, "");
    const [first = ""] = route.split("/");
    for (const id of route.includes("[id]") ? (ids.get(first) ?? ["any"]) : [""]) {
      const path = route.replace("[id]", encodeURIComponent(id)).replace(/\[\w+\]/g, "any");
      seen.set(`GET ${route} ${id}`, await read(`/api/${path}`));
    }
  }
  for (const file of files("app", /page\.tsx$/)) {
    const page = `/${file.replace(/\/?page\.tsx$/, "").replace(/\([^)]*\)\/?/g, "")}`.replace(
      "[id]",
      migrationId,
    );
    seen.set(`page ${page}`, await read(page));
    seen.set(`RSC ${page}`, await read(page, { rsc: "1" }));
  }
  seen.set("metrics", await read("/metrics"));
  // What `report --pdf` prints.
  const answered = await read(`/api/migrations/${migrationId}/report`);
  const report = ReportView.parse(JSON.parse(answered.slice(answered.indexOf("\n"))));
  for (const locale of LOCALES)
    seen.set(`printed, ${locale}`, reportHtml(report, locale, await readPaperFiles()));
  expect(told.length).toBeGreaterThan(0);
  seen.set("what a hook was told", told.join("\n"));
  expect(seen.size).toBeGreaterThan(80);
  const { key } = JSON.parse(readFileSync(join(data, "serving.json"), "utf8"));
  const dump = await fetch(`${base}/api/store/backup`, {
    method: "POST",
    headers: { origin: base, authorization: `Bearer ${key}` },
  });
  seen.set("dump of the store", await dump.text());
  planted.machineKey = key;
  // The link that a start prints is for whoever reads its terminal.
  const { setupToken, ...others } = planted;
  const leaks = [...seen].flatMap(([where, text]) =>
    // An account's settings name its AccessKey: by it alone nobody signs anything.
    found(text, planted).flatMap((name) => (name === "accessKeyId" ? [] : [`${name} in ${where}`])),
  );
  expect(leaks).toEqual([]);
  expect(found(served.output(), others)).toEqual([]);
  expect(served.output().split(setupToken ?? "")).toHaveLength(2);
  expect(served.output()).toMatch(/"level":\d+/);
});

test("none of them lies in a file of the data folder as it is", () => {
  const {
    machineKey: _ofCommands,
    accessKeyId: _named,
    sandboxSecret: _a,
    sandboxPassword: _b,
    ...hidden
  } = planted;
  const leaks = files(data, /./).flatMap((file) => {
    if (file.startsWith("sandbox")) return [];
    try {
      return found(readFileSync(join(data, file), "latin1"), hidden, asWritten).map(
        (name) => `${name} in ${file}`,
      );
    } catch {
      // A folder, or a file that is gone by now.
      return [];
    }
  });
  expect(leaks).toEqual([]);
});

test("the search finds what is there", () => {
  expect(found(`x${encodeURIComponent(planted.accessKeySecret ?? "")}y`, planted)).toEqual([
    "accessKeySecret",
  ]);
  expect(found(JSON.stringify({ is: planted.ownPassword }), planted)).toEqual(["ownPassword"]);
});

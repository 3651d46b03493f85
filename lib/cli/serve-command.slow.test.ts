import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "@/sandbox/free-port";
import { listenSomewhere, type Served, signInByLink, startServed, tokenOf } from "./served-fixture";

const folder = mkdtempSync(join(tmpdir(), "chainferry-serve-"));
const temporary = join(folder, "tmp");
const data = join(folder, "data");
const loadedFile = join(folder, "loaded.txt");
/** Writes down at the end which CommonJS files the process loaded. */
const LISTS_LOADED = `data:text/javascript,${encodeURIComponent(`
  import { writeFileSync } from "node:fs";
  import { createRequire } from "node:module";
  const { cache } = createRequire("/");
  process.on("exit", () => writeFileSync(${JSON.stringify(loadedFile)}, Object.keys(cache).join("\\n")));
`)}`;

function serve(...args: string[]): Served {
  return serveWith({}, ...args);
}

function serveWith(variables: Record<string, string>, ...args: string[]): Served {
  const environment = { TMPDIR: temporary, CHAINFERRY_DATA: data, ...variables };
  return startServed({ environment, node: ["--import", LISTS_LOADED] }, ...args);
}

/** The first answer of a server that may not listen yet. */
async function firstAnswer(served: Served, url: string): Promise<Response> {
  while (served.child.exitCode === null) {
    const answer = await fetch(url).catch(() => null);
    if (answer) return answer;
    await sleep(20);
  }
  throw new Error(`Ended with ${served.child.exitCode}:\n${served.output()}`);
}

/** Another command of this machine, on the same data. */
function command(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/run.mjs", "chainferry", ...args], {
    encoding: "utf8",
    env: { ...process.env, CHAINFERRY_DATA: data },
  });
  return { status, stdout, stderr };
}

/** Files below a folder that hold a text. */
function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text));
}

beforeAll(() => {
  mkdirSync(temporary);
  // As somebody made it who did not think of the others on the machine.
  mkdirSync(data, { mode: 0o755 });
  execFileSync(process.execPath, ["scripts/build-if-needed.mjs"], { stdio: ["ignore", 2, 2] });
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the built dashboard", () => {
  let served: Served;
  let base: string;
  let cookie: string;

  beforeAll(async () => {
    const port = await freePort();
    base = `http://127.0.0.1:${port}`;
    served = serve("--no-sandbox", "--port", String(port));
  });
  afterAll(() => {
    served.child.kill("SIGKILL");
  });

  test("answers from the first connection on: a call of the API waits for the store", async () => {
    const answer = await firstAnswer(served, `${base}/api/system`);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ reason: "sign_in_needed" });
  });

  test("says where it is, and prints a link that signs in once", async () => {
    while (!served.output().includes("/enter#")) await sleep(20);
    expect(served.output().trim()).toMatch(new RegExp(`^Chainferry is up: ${base}\n`));
    const token = tokenOf(served.output());
    cookie = await signInByLink(base, token);
    const system = await fetch(`${base}/api/system`, { headers: { cookie } });
    expect(await system.json()).toMatchObject({
      store: "embedded",
      sandbox: null,
      person: { id: "local", name: "administrator", role: "administrator", limited: false },
    });
    await expect(signInByLink(base, token)).rejects.toThrow("link_not_valid");
    expect(filesWith(data, token)).toEqual([]);
    expect(filesWith(data, cookie.replace(/^.*=/, ""))).toEqual([]);
  });

  test("shows its pages to who is signed in, and to others the page where one signs in", async () => {
    const page = await fetch(`${base}/records`, { headers: { cookie }, redirect: "manual" });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("<html");
    for (const path of [
      "/",
      "/records",
      "/migrations/any",
      "/wall",
      "/nowhere",
      "/favicon.ico",
      "/_next/data",
    ]) {
      for (const method of ["GET", "HEAD"]) {
        const answer = await fetch(`${base}${path}`, { method, redirect: "manual" });
        expect(answer.status, `${method} ${path}`).toBe(303);
        expect(answer.headers.get("location")).toBe(`/sign-in?${new URLSearchParams({ next: path })}`);
        expect(await answer.text()).toBe("");
      }
    }
    const signInPage = await fetch(`${base}/sign-in?next=%2Frecords`);
    expect(signInPage.status).toBe(200);
    expect(signInPage.headers.get("referrer-policy")).toBe("same-origin");
  });

  test("commands of this machine come in by the key in the data folder, and recover the administrator", async () => {
    const { key } = JSON.parse(readFileSync(join(data, "serving.json"), "utf8"));
    expect(statSync(join(data, "serving.json")).mode & 0o077).toBe(0);
    const ask = (authorization: string) => fetch(`${base}/api/system`, { headers: { authorization } });
    expect(await (await ask(`Bearer ${key}`)).json()).toMatchObject({ person: { name: "terminal" } });
    expect((await ask(`Bearer ${key}x`)).status).toBe(401);
    const recovered = command("recover");
    expect([recovered.status, recovered.stderr]).toEqual([0, ""]);
    expect(recovered.stdout).toContain(`${base}/enter#`);
    expect(await signInByLink(base, tokenOf(recovered.stdout))).not.toBe(cookie);
    expect(command("recover", "nobody of this name")).toMatchObject({
      ...{ status: 1, stdout: "" },
      stderr: "chainferry recover: person not found\n",
    });
    const verified = command("verify-audit", "--json");
    expect(verified.status, verified.stderr).toBe(0);
    expect(JSON.parse(verified.stdout)).toMatchObject({ brokenAt: null, head: expect.any(String) });
  });

  test("refuses other names of this machine (DNS rebinding)", async () => {
    const { get } = await import("node:http");
    const status = await new Promise((settle, fail) => {
      get(`${base}/api/system`, { headers: { host: "evil.example" } }, (answer) => {
        answer.resume();
        settle(answer.statusCode);
      }).once("error", fail);
    });
    expect(status).toBe(403);
  });

  test("keeps idle connections for longer than clients and proxies do", async () => {
    const { Agent, get } = await import("node:http");
    const agent = new Agent({ keepAlive: true });
    const told = await new Promise((settle, fail) => {
      get(`${base}/api/system`, { agent }, (answer) => {
        answer.resume();
        settle(answer.headers["keep-alive"]);
      }).once("error", fail);
    });
    agent.destroy();
    expect(told).toBe("timeout=75");
  });

  test.runIf(process.platform === "linux")("is one process", () => {
    const { pid } = served.child;
    const children = readdirSync(`/proc/${pid}/task`).map((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8"),
    );
    expect(children.join("").trim()).toBe("");
  });

  test("keeps its data to itself and leaves the shared temporary folder alone", () => {
    expect(statSync(data).mode & 0o077).toBe(0);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test("ends at once on SIGTERM, also while a page is open, and had loaded no compiler", async () => {
    const { Agent, get } = await import("node:http");
    const agent = new Agent({ keepAlive: true });
    await new Promise((settle) =>
      get(`${base}/records`, { agent, headers: { cookie } }, (answer) => answer.resume().once("end", settle)),
    );
    served.child.kill("SIGTERM");
    expect(await served.ended, served.output()).toBe(0);
    agent.destroy();
    const loaded = readFileSync(loadedFile, "utf8").split("\n");
    expect(loaded.some((file) => file.includes("/node_modules/next/"))).toBe(true);
    expect(
      loaded.filter((file) => /\.tsx?$|\/node_modules\/(?:tsx|esbuild|typescript)\//.test(file)),
    ).toEqual([]);
    const root = process.cwd();
    expect(loaded.filter((file) => !file.startsWith(`${root}/`))).toEqual([]);
  });
});

test("where no dashboard runs the same commands open the store themselves", () => {
  const recovered = command("recover", "ADMINISTRATOR");
  expect([recovered.status, recovered.stderr]).toEqual([0, ""]);
  expect(recovered.stdout).toMatch(/for administrator:\nhttp:\/\/127\.0\.0\.1:3000\/enter#/);
  const verified = command("verify-audit");
  expect([verified.status, verified.stderr]).toEqual([0, ""]);
  expect(verified.stdout).toMatch(/^\d+ entries, each as it was written\. Head: [0-9a-f]{64}$/m);
});

test("a port that is taken is said, and nothing stays behind", async () => {
  const { server, port } = await listenSomewhere();
  const refused = serve("--no-sandbox", "--port", String(port));
  expect(await refused.ended).toBe(1);
  expect(refused.output()).toContain(`Port ${port} is taken by another program`);
  server.close();
});

test("a folder that another process has is said, and nothing stays behind", async () => {
  const port = await freePort();
  const first = serveWith({ CHAINFERRY_SIGN_IN: "off" }, "--no-sandbox", "--port", String(port));
  const answer = await firstAnswer(first, `http://127.0.0.1:${port}/api/system`);
  // Where nobody is asked to sign in, whoever comes is the local administrator, and no link is printed.
  expect(await answer.json()).toMatchObject({ person: { id: "local", role: "administrator" } });
  expect(first.output()).not.toContain("/enter#");
  const second = serve("--no-sandbox", "--port", String(await freePort()));
  expect(await second.ended).toBe(1);
  expect(second.output()).toContain(`in use by process ${first.child.pid}`);
  first.child.kill("SIGINT");
  expect(await first.ended, first.output()).toBe(0);
});

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

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

interface Served {
  child: ChildProcess;
  output: () => string;
  ended: Promise<number | null>;
}

function serve(...args: string[]): Served {
  const child = spawn(
    process.execPath,
    ["--import", LISTS_LOADED, "scripts/run.mjs", "chainferry", "serve", ...args],
    {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NODE_ENV: "production", TMPDIR: temporary, CHAINFERRY_DATA: data },
    },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const ended = new Promise<number | null>((settle) => child.once("close", settle));
  return { child, output: () => output, ended };
}

function listenSomewhere(): Promise<{ server: Server; port: number }> {
  return new Promise((settle, fail) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (typeof address === "object" && address !== null) settle({ server, port: address.port });
      else fail(new Error("No port"));
    });
  });
}

async function freePort(): Promise<number> {
  const { server, port } = await listenSomewhere();
  await new Promise((settle) => server.close(settle));
  return port;
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

beforeAll(() => {
  mkdirSync(temporary);
  execFileSync(process.execPath, ["scripts/build-if-needed.mjs"], { stdio: ["ignore", 2, 2] });
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the built dashboard", () => {
  let served: Served;
  let base: string;

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
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ store: "embedded", sandbox: null });
  });

  test("shows its pages, and says where", async () => {
    const page = await fetch(`${base}/migrations`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("<html");
    while (!served.output().includes("Signing in")) await sleep(20);
    expect(served.output().trim()).toMatch(new RegExp(`^Chainferry is up: ${base}\n`));
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
      get(`${base}/migrations`, { agent }, (answer) => answer.resume().once("end", settle)),
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

test("a port that is taken is said, and nothing stays behind", async () => {
  const { server, port } = await listenSomewhere();
  const refused = serve("--no-sandbox", "--port", String(port));
  expect(await refused.ended).toBe(1);
  expect(refused.output()).toContain(`Port ${port} is taken by another program`);
  server.close();
});

test("a folder that another process has is said, and nothing stays behind", async () => {
  const port = await freePort();
  const first = serve("--no-sandbox", "--port", String(port));
  expect((await firstAnswer(first, `http://127.0.0.1:${port}/api/system`)).status).toBe(200);
  const second = serve("--no-sandbox", "--port", String(await freePort()));
  expect(await second.ended).toBe(1);
  expect(second.output()).toContain(`in use by process ${first.child.pid}`);
  first.child.kill("SIGINT");
  expect(await first.ended, first.output()).toBe(0);
});

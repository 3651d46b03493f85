import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext } from "@playwright/test";
import { controlHeaders } from "@/sandbox/control/control-key";
import { freePort } from "@/sandbox/free-port";
import type { SandboxEndpoints } from "@/sandbox/sandbox";

export interface Product {
  url: string;
  /** Whoever opened the link that the start printed, where it did: the cookies of a browser. */
  signedIn: { cookies: BrowserCookie[]; origins: [] };
  /** What calls of the sandbox's own pages carry. */
  sandboxHeaders(): Record<string, string>;
  /** What a query on RDS would count: rows by table. */
  rowsOnRds(database: string): Promise<Record<string, number>>;
  /** A command of the product on its data; what it printed and its exit code. */
  command(...args: string[]): Promise<{ code: number | null; output: string }>;
  stop(): Promise<void>;
}

type BrowserCookie = Parameters<BrowserContext["addCookies"]>[0][number] & {
  domain: string;
  path: string;
  expires: number;
  httpOnly: boolean;
  secure: boolean;
  sameSite: "Lax";
};

/** Starts the product as a newcomer does, on a data folder of its own; resolves when it says that it is up. */
export async function startProduct(
  options: {
    scenario?: string;
    timeFactor?: number;
    port?: number;
    /** Settings beside those of a newcomer. */
    environment?: Readonly<Record<string, string>>;
  } = {},
): Promise<Product> {
  const folder = mkdtempSync(join(tmpdir(), "chainferry-e2e-"));
  const child = spawn(
    process.execPath,
    [
      "scripts/run.mjs",
      "chainferry",
      "serve",
      "--port",
      String(options.port ?? (await freePort())),
      "--scenario",
      options.scenario ?? "clean",
      "--time-factor",
      String(options.timeFactor ?? 120),
    ],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, ...options.environment, CHAINFERRY_DATA: folder },
    },
  );
  const { url, token } = await addressOf(child);
  return {
    url,
    signedIn: token === null ? { cookies: [], origins: [] } : await signInByLink(url, token),
    sandboxHeaders: () => controlHeaders(endpointsOf(folder).accessKeySecret),
    rowsOnRds: async (database) => {
      const { rds, accessKeySecret } = endpointsOf(folder);
      const page = `${rds.endpoint}/sandbox/rows?database=${encodeURIComponent(database)}`;
      const answer = await fetch(page, { headers: controlHeaders(accessKeySecret) });
      return ((await answer.json()) as { rows: Record<string, number> }).rows;
    },
    command: (...args) =>
      new Promise((settle) => {
        const command = spawn(process.execPath, ["scripts/run.mjs", "chainferry", ...args], {
          stdio: ["ignore", "pipe", "inherit"],
          env: { ...process.env, CHAINFERRY_DATA: folder },
        });
        let output = "";
        command.stdout.on("data", (chunk) => {
          output += chunk;
        });
        command.once("close", (code) => settle({ code, output }));
      }),
    stop: async () => {
      const ended = new Promise((settle) => child.once("exit", settle));
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function endpointsOf(folder: string): SandboxEndpoints {
  const text = readFileSync(join(folder, "sandbox", "endpoints.json"), "utf8");
  return JSON.parse(text) as SandboxEndpoints;
}

/** As the page of the link does it. */
export async function signInByLink(url: string, token: string): Promise<Product["signedIn"]> {
  const answer = await fetch(`${url}/api/sign-in/link`, {
    method: "POST",
    headers: { origin: url, "content-type": "application/json" },
    body: JSON.stringify({ token }),
  });
  const [, name, value] = /^([^=]+)=([^;]+);/.exec(answer.headers.get("set-cookie") ?? "") ?? [];
  if (!name || !value) throw new Error(`Not signed in: ${answer.status} ${await answer.text()}`);
  const { hostname: domain } = new URL(url);
  const place = { domain, path: "/", expires: -1, httpOnly: true, secure: false } as const;
  return { cookies: [{ name, value, ...place, sameSite: "Lax" }], origins: [] };
}

/** Where it says that it is up, and what its link carries, if there is one. */
function addressOf(child: ChildProcess): Promise<{ url: string; token: string | null }> {
  return new Promise((settle, fail) => {
    let output = "";
    child.stdout?.on("data", (chunk) => {
      output += chunk;
      const [, url] = /is up: (http:\/\/127\.0\.0\.1:\d+)/.exec(output) ?? [];
      // The whole greeting comes at once.
      if (url) settle({ url, token: /\/enter#(\S+)/.exec(output)?.[1] ?? null });
    });
    child.once("exit", (code) =>
      fail(new Error(`The product ended with ${code} before it was up:\n${output}`)),
    );
  });
}

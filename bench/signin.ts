import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@/sandbox/free-port";

const PATHS = { page: "/records", api: "/api/system" } as const;
/** Before anything is counted: the first answers load code. */
const WARM_UP = 20;

interface Served {
  child: ChildProcess;
  base: string;
  cookie: string;
  folder: string;
}

/**
 * What it costs the server to know who asks: milliseconds, medians of `count` answers a side, taken in turns from two servers, one
 * where people sign in and one where nobody does. `added…Ms`: the difference.
 */
export async function benchSignIn({ count = 300 }: { count?: number }): Promise<Record<string, number>> {
  const off = await serve({ CHAINFERRY_SIGN_IN: "off" });
  const required = await serve({ CHAINFERRY_SIGN_IN: "required" });
  try {
    const found: Record<string, number> = {};
    for (const [name, path] of Object.entries(PATHS)) {
      const times = { off: [] as number[], signedIn: [] as number[] };
      for (let round = -WARM_UP; round < count; round += 1) {
        const took = { off: await time(off, path), signedIn: await time(required, path) };
        if (round < 0) continue;
        times.off.push(took.off);
        times.signedIn.push(took.signedIn);
      }
      const [without, having] = [median(times.off), median(times.signedIn)];
      found[`${name}OffMs`] = rounded(without);
      found[`${name}SignedInMs`] = rounded(having);
      found[`${name}AddedMs`] = rounded(having - without);
    }
    return found;
  } finally {
    for (const { child, folder } of [off, required]) {
      const ended = child.exitCode === null ? once(child, "exit") : null;
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

async function time({ base, cookie }: Served, path: string): Promise<number> {
  const began = performance.now();
  const answer = await fetch(`${base}${path}`, { headers: { cookie }, redirect: "manual" });
  await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
  return performance.now() - began;
}

async function serve(variables: Record<string, string>): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), "chainferry-bench-"));
  const port = await freePort();
  const child = spawn(
    process.execPath,
    ["scripts/run.mjs", "chainferry", "serve", "--no-sandbox", "--port", String(port)],
    { stdio: ["ignore", "pipe", 2], env: { ...process.env, CHAINFERRY_DATA: folder, ...variables } },
  );
  const output = await greeting(child);
  const base = `http://127.0.0.1:${port}`;
  const token = /\/enter#(\S+)/.exec(output)?.[1];
  return { child, base, folder, cookie: token === undefined ? "" : await signIn(base, token) };
}

/** All that it prints when it is up. */
function greeting(child: ChildProcess): Promise<string> {
  return new Promise((settle, fail) => {
    let output = "";
    child.stdout?.on("data", (chunk) => {
      output += chunk;
      if (output.includes("is up: ")) settle(output);
    });
    child.once("exit", (code) => fail(new Error(`It ended with ${code} before it was up.`)));
  });
}

async function signIn(base: string, token: string): Promise<string> {
  const answer = await fetch(`${base}/api/sign-in/link`, {
    method: "POST",
    headers: { origin: base, "content-type": "application/json" },
    body: JSON.stringify({ token }),
  });
  return (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100;
}

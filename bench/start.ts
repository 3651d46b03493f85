import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "@/sandbox/free-port";

const LOOK_MS = 20;
/** What start-up left to do and to collect is done by then: V8 gives back what it does not need in the seconds after. */
const SETTLE_MS = 10_000;

/**
 * `npm start -- --no-sandbox` on a built tree and an empty data folder: milliseconds from the command to the first page,
 * then the proportional set size (MiB) of all its processes, npm's among them, and how many they are. Linux only.
 */
export async function benchStart(): Promise<Record<string, number>> {
  const build = spawn(process.execPath, ["scripts/build-if-needed.mjs"], { stdio: ["ignore", 2, 2] });
  const [built] = (await once(build, "exit")) as [number | null];
  if (built !== 0) throw new Error(`The build failed (exit code ${built}); its output is above.`);
  const folder = mkdtempSync(join(tmpdir(), "chainferry-bench-"));
  const port = await freePort();
  const began = performance.now();
  const npm = spawn("npm", ["start", "--", "--no-sandbox", "--port", String(port)], {
    stdio: ["ignore", 2, 2],
    env: { ...process.env, CHAINFERRY_DATA: folder },
    // A group of its own, so that all of it can be ended.
    detached: true,
  });
  try {
    await firstPage(port, npm);
    const firstPageMs = Math.round(performance.now() - began);
    await sleep(SETTLE_MS);
    const pids = withDescendants(npm.pid ?? 0);
    const pssKb = pids.reduce((sum, pid) => sum + readPssKb(pid), 0);
    return { firstPageMs, pssMb: Math.round(pssKb / 1024), processes: pids.length };
  } finally {
    const ended = npm.exitCode === null ? once(npm, "exit") : null;
    if (npm.pid !== undefined && ended) process.kill(-npm.pid, "SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

async function firstPage(port: number, npm: ChildProcess): Promise<void> {
  while (npm.exitCode === null) {
    const answer = await fetch(`http://127.0.0.1:${port}/sign-in`).catch(() => null);
    if (answer?.ok) {
      await answer.text();
      return;
    }
    await sleep(LOOK_MS);
  }
  throw new Error("The dashboard ended before its first page.");
}

function withDescendants(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    const stat = readProc(`/proc/${name}/stat`);
    // `pid (name) state ppid …`, where the name may hold anything.
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
  }
  const found = [pid];
  for (const known of found) for (const [child, parent] of parents) if (parent === known) found.push(child);
  return found;
}

function readPssKb(pid: number): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(readProc(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
}

/** Empty for a process that ended meanwhile. */
function readProc(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

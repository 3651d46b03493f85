import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { SandboxEndpoints } from "@/sandbox/sandbox";

/** Kills altogether; each demo is killed again and again until one of its runs gets through. */
const KILLS = Number(process.env.DEMO_KILLS ?? (inject("long") ? 20 : 2));
const SEED = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);

let folder: string;
let sandbox: ChildProcess;
let endpointsFile: string;
let databases: string[] = [];

function chainferry(args: string[]): ChildProcess {
  return spawn(process.execPath, ["scripts/run.mjs", "chainferry", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Mulberry32: the kill moments of a failed run can be had again with KILL_SEED. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "chainferry-kill-"));
  endpointsFile = join(folder, "endpoints.json");
  sandbox = chainferry(["sandbox", "--folder", join(folder, "sandbox"), "--time-factor", "60", "--json"]);
  const stdout = sandbox.stdout;
  if (!stdout) throw new Error("no stdout");
  const line = await new Promise<string>((settle, fail) => {
    createInterface({ input: stdout }).once("line", settle);
    sandbox.once("exit", (code) => fail(new Error(`The sandbox ended with ${code}`)));
  });
  writeFileSync(endpointsFile, line);
  databases = (JSON.parse(line) as SandboxEndpoints).sqlServer.databases;
}, 60_000);

afterAll(() => {
  sandbox?.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

interface Run {
  killed: boolean;
  output: string;
  /** The end of stderr, for the message of a failure. */
  complaints: string;
}

/**
 * One run of the demo on its folder, killed `killAfterMs` after it began to work (its first event on stderr), so that
 * a slow machine does not only test the start.
 */
function runDemo(data: string, database: string, killAfterMs: number | null): Promise<Run> {
  return new Promise((settle) => {
    const child = chainferry(["demo", "--data", data, "--attach", endpointsFile, "--database", database]);
    let output = "";
    child.stdout?.on("data", (chunk) => {
      output += chunk;
    });
    let complaints = "";
    let timer: NodeJS.Timeout | null = null;
    child.stderr?.on("data", (chunk) => {
      complaints = `${complaints}${chunk}`.slice(-4_000);
      if (killAfterMs !== null) timer ??= setTimeout(() => child.kill("SIGKILL"), killAfterMs);
    });
    child.once("close", (_code, signal) => {
      if (timer) clearTimeout(timer);
      settle({ killed: signal === "SIGKILL", output, complaints });
    });
  });
}

test(`goes on by itself after ${KILLS} kills at random moments, nothing imported twice (KILL_SEED=${SEED})`, async () => {
  const next = random(SEED);
  let kills = 0;
  let demos = 0;
  for (const database of databases.filter((name) => name !== "LegacyCRM")) {
    if (kills >= KILLS) break;
    demos += 1;
    const data = join(folder, `demo-${database}`);
    let result: Run;
    do {
      result = await runDemo(data, database, kills < KILLS ? next() * 3_000 : null);
      if (result.killed) kills += 1;
    } while (result.killed);
    expect(result.output.trim(), result.complaints).toMatch(/^\{/);
    const report = JSON.parse(result.output.trim());
    expect(report, `${database} after ${kills} kills`).toMatchObject({ status: "online", failure: null });
    const types = report.files.map((file: { type: string; tail: boolean }) =>
      file.tail ? "tail" : file.type,
    );
    expect(types).toEqual(expect.arrayContaining(["full", "differential", "log", "tail"]));
    for (const file of report.files) expect(file.importedTimes, `${file.name} (KILL_SEED=${SEED})`).toBe(1);
  }
  expect(demos).toBeGreaterThan(0);
  expect(kills, "kills that hit a running demo").toBe(KILLS);
});

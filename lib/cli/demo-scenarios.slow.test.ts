import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { DemoReport } from "./demo-report";

/** Runs the command as a user does; the last line of stdout is the report. */
function command(args: string[]): Promise<{ code: number | null; report: DemoReport }> {
  return new Promise((settle, fail) => {
    const child = spawn(process.execPath, ["--import", "tsx", "lib/cli/main.ts", "demo", "--json", ...args], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.once("close", (code) => {
      const lines = output.trim().split("\n");
      try {
        expect(lines, "one line of JSON on stdout").toHaveLength(1);
        settle({ code, report: JSON.parse(lines[0] ?? "") });
      } catch (error) {
        fail(error);
      }
    });
  });
}

/** The same within this process: its code is loaded once. */
function demo(options: Partial<DemoOptions>): Promise<DemoReport> {
  return playDemo({ json: true, scenario: "clean", timeFactor: DEMO_TIME_FACTOR, ...options });
}

function typesOf(report: DemoReport): (string | null)[] {
  return report.files.map((file) => (file.tail ? "tail" : file.type));
}

function expectOnline(report: DemoReport): void {
  expect(report).toMatchObject({ status: "online", failure: null, check: { ok: true } });
  for (const file of report.files) expect(file.importedTimes, file.name).toBe(1);
  expect(report.downtimeSeconds).toBeGreaterThan(0);
}

test("clean: full, differential, logs and the tail, each imported once", async () => {
  const result = await demo([]);
  expectOnline(result);
  expect(typesOf(result.report)).toEqual(["full", "differential", "log", "log", "tail"]);
  const [, ...rounds] = result.report.files;
  const logs = rounds.filter((file) => file.type === "log");
  for (const [index, log] of logs.entries()) {
    const before = logs[index - 1];
    if (before) expect(log.firstLsn).toBe(before.lastLsn);
  }
});

test("answer-lost: the accepted task is found again, not repeated", async () => {
  expectOnline(await demo(["--scenario", "answer-lost"]));
});

test("throttling: slows down and finishes", async () => {
  expectOnline(await demo(["--scenario", "throttling"]));
});

test("gap: the log after a foreign log backup is refused before anything is submitted, and bridged", async () => {
  const result = await demo(["--scenario", "gap"]);
  expectOnline(result);
  const [refused] = result.report.refused;
  expect(refused).toMatchObject({ type: "log", kind: "gap", importedTimes: 0 });
  expect(refused?.neededLsn).toMatch(/^\d+$/);
  expect(refused?.message).toContain(refused?.neededLsn ?? "?");
});

test("full-instead-of-log: refused by its header, whatever its name", async () => {
  const result = await demo(["--scenario", "full-instead-of-log"]);
  expectOnline(result);
  expect(result.report.refused).toMatchObject([
    { type: "full", kind: "full-instead-of-log", importedTimes: 0 },
  ]);
  expect(result.report.refused[0]?.name).toContain("_LOG_");
});

test.each([
  ["edition-mismatch", "source.edition_features"],
  ["tde", "source.tde"],
  ["disk-too-small", "instance.space"],
  ["count-limit", "instance.database_count"],
  ["missing-role", "role.import"],
  ["ia-bucket", "bucket.storage_class"],
  ["encrypted-bucket", "bucket.encryption"],
  ["wrong-region", "bucket.region"],
  ["simple-recovery", "source.recovery_model"],
  ["foreign-log", "drift.foreign_log"],
])("%s: stopped by %s, before RDS is given anything", async (scenario, probe) => {
  const { code, report } = await demo(["--scenario", scenario]);
  expect(report).toMatchObject({ status: "blocked", probe, imports: 0, alsoBlocked: [] });
  expect(code).not.toBe(0);
  // A sentence and what to do, with nothing left to fill in.
  expect("message" in report ? report.message : "").toMatch(/^[A-Z].{40,}\.$/);
  expect(JSON.stringify(report)).not.toMatch(/\{[a-z]\w*\}/i);
});

const SAMPLES = "../shared/samples/bak";
const CHAINS = ["restoretimeclean2016_", "RestoreTimeClean_"].filter(() => existsSync(SAMPLES));

test.each(CHAINS)("real backup files: %s", async (prefix) => {
  const folder = mkdtempSync(join(tmpdir(), "chainferry-real-"));
  try {
    for (const name of readdirSync(SAMPLES)) {
      if (name.startsWith(prefix)) cpSync(join(SAMPLES, name), join(folder, name));
    }
    const result = await demo(["--files", folder]);
    expectOnline(result);
    expect(typesOf(result.report)).toEqual(["full", "differential", "log", "log", "log"]);
    expect(result.report.notNeeded).toHaveLength(3);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

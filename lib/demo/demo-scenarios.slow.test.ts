import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Sandbox } from "@/sandbox/sandbox";
import { startSandbox } from "@/sandbox/start-sandbox";
import type { DemoReport } from "./demo-report";
import { type DemoOptions, playDemo } from "./play-demo";

const TIME_FACTOR = 120;

/** Runs the command as a user does; the last line of stdout is the report. */
function command(args: string[]): Promise<{ code: number | null; report: DemoReport }> {
  return new Promise((settle, fail) => {
    const child = spawn(process.execPath, ["scripts/run.mjs", "chainferry", "demo", "--json", ...args], {
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
  return playDemo({ json: true, scenario: "clean", timeFactor: TIME_FACTOR, ...options });
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
  const { code, report } = await command([]);
  expect(code).toBe(0);
  expectOnline(report);
  expect(typesOf(report)).toEqual(["full", "differential", "log", "log", "tail"]);
  const [, ...rounds] = report.files;
  const logs = rounds.filter((file) => file.type === "log");
  for (const [index, log] of logs.entries()) {
    const before = logs[index - 1];
    if (before) expect(log.firstLsn).toBe(before.lastLsn);
  }
});

test("answer-lost: the accepted task is found again, not repeated", async () => {
  expectOnline(await demo({ scenario: "answer-lost" }));
});

test("throttling: slows down and finishes", async () => {
  expectOnline(await demo({ scenario: "throttling" }));
});

test("answers that are pages, slow or cut off: it gets there", async () => {
  expectOnline(await demo({ scenario: "bad-gateway,dropped-connections,slow-oss" }));
});

test("gap: the log after a foreign log backup is refused before anything is submitted, and bridged", async () => {
  const report = await demo({ scenario: "gap" });
  expectOnline(report);
  const [refused] = report.refused;
  expect(refused).toMatchObject({ type: "log", kind: "gap", importedTimes: 0 });
  expect(refused?.neededLsn).toMatch(/^\d+$/);
  expect(refused?.message).toContain(refused?.neededLsn ?? "?");
});

test("foreign-full: a differential of somebody else's base is refused, and the logs reach across", async () => {
  const report = await demo({ scenario: "foreign-full" });
  expectOnline(report);
  expect(report.refused).toMatchObject([{ type: "differential", kind: "wrong-base", importedTimes: 0 }]);
  expect(typesOf(report)).toEqual(["full", "log", "log", "tail"]);
});

test("full-instead-of-log: refused by its header, whatever its name", async () => {
  const report = await demo({ scenario: "full-instead-of-log" });
  expectOnline(report);
  expect(report.refused).toMatchObject([{ type: "full", kind: "full-instead-of-log", importedTimes: 0 }]);
  expect(report.refused[0]?.name).toContain("_LOG_");
});

test("wrong-order: a log that arrives before its predecessor waits for it, and each is imported once", async () => {
  const report = await demo({ scenario: "wrong-order" });
  expectOnline(report);
  expect(report.refused).toMatchObject([{ type: "log", kind: "gap", importedTimes: 1 }]);
  // Listed as they appeared: the hasty one first, then the one it waited for.
  const [hasty, late, next] = report.files.filter((file) => file.type === "log");
  expect(hasty?.name).toBe(report.refused[0]?.name);
  expect(late?.lastLsn).toBe(hasty?.firstLsn);
  expect(next?.firstLsn).toBe(hasty?.lastLsn);
});

describe("stopped before RDS is given anything", () => {
  let folder: string;
  let sandbox: Sandbox;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "chainferry-blocked-"));
    sandbox = await startSandbox({ folder: join(folder, "sandbox"), timeFactor: TIME_FACTOR });
  });
  afterAll(async () => {
    await sandbox?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** On one sandbox, which changes what it plays; `data` keeps one draft for all that never starts. */
  async function play(scenario: string, data: string): Promise<DemoReport> {
    const url = `${sandbox.endpoints.rds.endpoint}/sandbox/scenario`;
    await fetch(url, { method: "PUT", body: JSON.stringify({ scenario }) });
    const attach = join(folder, "endpoints.json");
    writeFileSync(attach, JSON.stringify({ ...sandbox.endpoints, scenario }));
    return demo({ attach, data: join(folder, data) });
  }

  test.each([
    ["edition-mismatch", "source.edition_features", "draft"],
    ["tde", "source.tde", "draft"],
    ["disk-too-small", "instance.space", "draft"],
    ["count-limit", "instance.database_count", "draft"],
    ["missing-role", "role.import", "draft"],
    ["narrow-rights", "role.rights", "draft"],
    ["ia-bucket", "bucket.storage_class", "draft"],
    ["encrypted-bucket", "bucket.encryption", "draft"],
    ["wrong-region", "bucket.region", "draft"],
    ["simple-recovery", "source.recovery_model", "draft"],
    ["foreign-log", "drift.foreign_log", "started"],
  ])("%s: by %s", async (scenario, probe, data) => {
    const report = await play(scenario, data);
    expect(report).toMatchObject({ status: "blocked", scenario, probe, imports: 0, alsoBlocked: [] });
    // A sentence and what to do, with nothing left to fill in.
    expect("message" in report ? report.message : "").toMatch(/^\S.{40,}\.$/);
    expect(JSON.stringify(report)).not.toMatch(/\{[a-z]\w*\}/i);
  });

  test("the command tells it by its exit code", async () => {
    const { code, report } = await command(["--scenario", "tde"]);
    expect(report).toMatchObject({ status: "blocked", probe: "source.tde" });
    expect(code).toBe(1);
  });
});

const SAMPLES = "../shared/samples/bak";
const CHAINS = ["restoretimeclean2016_", "RestoreTimeClean_"].filter(() => existsSync(SAMPLES));

test.each(CHAINS)("real backup files: %s", async (prefix) => {
  const folder = mkdtempSync(join(tmpdir(), "chainferry-real-"));
  try {
    for (const name of readdirSync(SAMPLES)) {
      if (name.startsWith(prefix)) cpSync(join(SAMPLES, name), join(folder, name));
    }
    const report = await demo({ files: folder });
    expectOnline(report);
    expect(typesOf(report)).toEqual(["full", "differential", "log", "log", "log"]);
    expect(report.notNeeded).toHaveLength(3);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

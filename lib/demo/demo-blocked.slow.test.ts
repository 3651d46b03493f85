import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Runtime } from "@/lib/start/runtime";
import { controlHeaders } from "@/sandbox/control/control-key";
import type { Sandbox } from "@/sandbox/sandbox";
import { startSandbox } from "@/sandbox/start-sandbox";
import { TIME_FACTOR } from "./demo-fixture";
import type { DemoReport } from "./demo-report";
import { startDemoProduct } from "./play-demo";
import { playMigration } from "./play-migration";

/** Stopped before RDS is given anything: on one sandbox, which changes what it plays, and one product with one draft. */
let folder: string;
let sandbox: Sandbox;
let runtime: Runtime;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "chainferry-blocked-"));
  sandbox = await startSandbox({ folder: join(folder, "sandbox"), timeFactor: TIME_FACTOR });
  runtime = await startDemoProduct(folder, sandbox.endpoints);
});
afterAll(async () => {
  await runtime?.stop();
  await sandbox?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function play(scenario: string): Promise<DemoReport> {
  const url = `${sandbox.endpoints.rds.endpoint}/sandbox/scenario`;
  await fetch(url, {
    method: "PUT",
    headers: controlHeaders(sandbox.endpoints.accessKeySecret),
    body: JSON.stringify({ scenario }),
  });
  const endpoints = { ...sandbox.endpoints, scenario };
  return playMigration({ runtime, endpoints, options: { json: true }, begun: Date.now() });
}

test.each([
  ["edition-mismatch", "source.edition_features"],
  ["tde", "source.tde"],
  ["disk-too-small", "instance.space"],
  ["count-limit", "instance.database_count"],
  ["target-2008r2-local", "instance.generation"],
  ["missing-role", "role.import"],
  ["narrow-rights", "role.rights"],
  ["ia-bucket", "bucket.storage_class"],
  ["encrypted-bucket", "bucket.encryption"],
  ["wrong-region", "bucket.region"],
  ["public-endpoint", "bucket.endpoint"],
  ["simple-recovery", "source.recovery_model"],
  // The last: here the draft is started.
  ["foreign-log", "drift.foreign_log"],
])("%s: by %s", async (scenario, probe) => {
  const report = await play(scenario);
  expect(report).toMatchObject({ status: "blocked", scenario, probe, imports: 0, alsoBlocked: [] });
  // A sentence and what to do, with nothing left to fill in.
  expect("message" in report ? report.message : "").toMatch(/^\S.{40,}\.$/);
  expect(JSON.stringify(report)).not.toMatch(/\{[a-z]\w*\}/i);
});

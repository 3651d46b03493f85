import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import type { Came } from "@/lib/server/door";
import { openTestStore } from "@/lib/store/open-test-store";
import { type Health, readHealth } from "@/lib/store/read-health";
import { answerOperations } from "./answer-operations";
import { createCounters } from "./counters";
import type { Measured } from "./format-metrics";

const eventLoop = { seconds: () => 0.002 };
const HERE: Came = { address: "127.0.0.1", proxied: false, origin: "http://127.0.0.1:3000" };
let health: () => Promise<Health> | null;
let migrations: () => Promise<Measured["migrations"]> | null = () => null;
const counters = createCounters();
let came = HERE;
let metricsToken: string | null = null;
let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const operations = {
      oldestDueSeconds: () => health()?.then((all) => all.oldestDueSeconds) ?? null,
      ...{ health: () => health(), migrations: () => migrations(), counters: () => counters },
      ...{ eventLoop, version: '1.0 "x"', metricsToken },
    };
    if (!(await answerOperations(request, response, came, operations))) response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const well = (oldestDueSeconds = 0): Health => ({
  steps: [{ kind: "upload", status: "running", steps: 3 }],
  oldestDueSeconds,
  uploadBytesPerSecond: 2_000_000,
});

const cases: [string, number, string | null, () => Promise<Health> | null][] = [
  ["ready", 200, null, () => Promise.resolve(well(2))],
  ["the store still opens", 503, "starting", () => null],
  ["the store does not answer", 503, "store", () => Promise.reject(new Error("gone"))],
  ["steps wait for a worker", 503, "queue", () => Promise.resolve(well(61))],
];

test.each(cases)("readyz: %s", async (_name, status, reason, answer) => {
  health = answer;
  const response = await fetch(`${url}/readyz`);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ reason });
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});

test("metrics: one line a value, also when the store is gone; other addresses are not its own", async () => {
  health = () => Promise.resolve(well(2.5));
  const text = await (await fetch(`${url}/metrics`)).text();
  expect(text).toContain('chainferry_info{version="1.0 \\"x\\""} 1');
  expect(text).toContain('chainferry_steps{kind="upload",status="running"} 3');
  expect(text).toContain("chainferry_oldest_due_step_seconds 2.5");
  for (const line of text.trim().split("\n"))
    expect(line).toMatch(/^(?:# (?:HELP|TYPE) .+|chainferry_\w+(?:\{.*\})? [\d.e+-]+)$/);
  expect(text).toContain("chainferry_upload_bytes_per_second 2000000");
  health = () => Promise.reject(new Error("gone"));
  expect(await (await fetch(`${url}/metrics`)).text()).toContain("chainferry_store_up 0");
  expect((await fetch(`${url}/metricsx`)).status).toBe(404);
});

test("metrics: calls of RDS are counted by how they ended, and what is under way has its gap and forecast", async () => {
  health = () => Promise.resolve(well());
  for (const outcome of ["ok", "ok", "throttled"] as const)
    counters.noteRdsCall("DescribeMigrateTasks", outcome);
  counters.noteLeaseLoss();
  const forecast = {
    downtimeSeconds: { p50: 70, p90: 95 },
    nextLogBytes: { p50: 1, p90: 2 },
    readyAt: null,
    basis: [],
  };
  const [startedAt, finishedAt] = ["2026-05-01T00:00:00.000Z", null];
  migrations = () =>
    Promise.resolve([
      { id: "m1", status: "waiting_for_user", startedAt, finishedAt, gapSeconds: 41, forecast },
      { id: "draft", status: "draft", startedAt: null, finishedAt, gapSeconds: 1, forecast },
      { id: "over", status: "succeeded", startedAt, finishedAt: startedAt, gapSeconds: 2, forecast },
    ]);
  const text = await (await fetch(`${url}/metrics`)).text();
  expect(text).toContain('chainferry_rds_calls_total{call="DescribeMigrateTasks",outcome="ok"} 2');
  expect(text).toContain('chainferry_rds_calls_total{call="DescribeMigrateTasks",outcome="throttled"} 1');
  expect(text).toContain("# TYPE chainferry_lease_losses_total counter\nchainferry_lease_losses_total 1");
  expect(text).toContain('chainferry_gap_seconds{migration="m1"} 41');
  expect(text).toContain('chainferry_forecast_downtime_seconds{migration="m1",quantile="0.9"} 95');
  expect(text).not.toMatch(/draft|over"/);
  expect(text).toContain('chainferry_migrations{status="waiting_for_user"} 1');
  // Of what was not there before Prometheus sees no rise.
  expect(text).toContain('chainferry_migrations{status="failed"} 0');
  expect(text).toContain('chainferry_steps{kind="open",status="unknown"} 0');
  expect(text).toContain('chainferry_rds_calls_total{call="CreateMigrateTask",outcome="forbidden"} 0');
  migrations = () => Promise.reject(new Error("gone"));
  expect(await (await fetch(`${url}/metrics`)).text()).not.toContain("gap_seconds");
});

test.each([
  ["this machine", HERE, null, "", 200],
  ["elsewhere, where no token is set", { ...HERE, address: "10.0.0.7" }, null, "Bearer ", 401],
  ["a proxy of this machine, for somebody", { ...HERE, proxied: true }, null, "", 401],
  [
    "elsewhere, with another token",
    { ...HERE, address: "10.0.0.7" },
    "sixteen letters!",
    "Bearer sixteen letters?",
    401,
  ],
  [
    "elsewhere, with the token",
    { ...HERE, address: "10.0.0.7" },
    "sixteen letters!",
    "Bearer sixteen letters!",
    200,
  ],
] as const)("metrics are for %s", async (_name, from, token, authorization, status) => {
  health = () => Promise.resolve(well());
  came = from;
  metricsToken = token;
  const response = await fetch(`${url}/metrics`, { headers: { authorization } });
  expect(response.status).toBe(status);
  expect((await response.text()).includes("chainferry_info")).toBe(status === 200);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  came = HERE;
  metricsToken = null;
});

test("the step that waits longest for a worker counts: not one that a worker has, that is not due, or that is over", async () => {
  const store = await openTestStore();
  const { db } = store;
  const migration = { name: "m", status: "running", phase: "full", draft: EMPTY_DRAFT, createdBy: "t" };
  await db.migration.create({ data: { id: "m", ...migration } });
  const add = (id: string, more: { status: string; dueAt: Date; claimedBy?: string }) => {
    const step = { migrationId: "m", key: id, kind: "upload", nature: "resumable", ordinal: 1, input: {} };
    return db.migrationStep.create({ data: { id, ...step, ...more } });
  };
  const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);
  await add("taken", { status: "running", dueAt: ago(900), claimedBy: "worker" });
  await add("over", { status: "succeeded", dueAt: ago(900) });
  await add("later", { status: "queued", dueAt: ago(-900) });
  expect((await readHealth(db)).oldestDueSeconds).toBe(0);
  await add("waits", { status: "retrying", dueAt: ago(120) });
  const { steps, oldestDueSeconds } = await readHealth(db);
  expect(Math.round(oldestDueSeconds / 60)).toBe(2);
  expect(steps).toContainEqual({ kind: "upload", status: "queued", steps: 1 });
  // Somebody is at an upload: of fifty most wait for hours, and all is well.
  const held = { where: { id: "taken" } };
  await db.migrationStep.update({ ...held, data: { heartbeatAt: ago(1) } });
  expect((await readHealth(db)).oldestDueSeconds).toBe(0);
  await db.migrationStep.update({ ...held, data: { heartbeatAt: ago(25) } });
  expect((await readHealth(db)).oldestDueSeconds).toBeGreaterThan(100);
  // Of others none waits for another.
  await db.migrationStep.updateMany({ data: { kind: "await_import" } });
  await db.migrationStep.update({ ...held, data: { heartbeatAt: ago(1) } });
  expect((await readHealth(db)).oldestDueSeconds).toBeGreaterThan(100);
  await store.close();
});

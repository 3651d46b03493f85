import { describe, expect, test } from "vitest";
import type { KeptPlan, PlanBase } from "@/lib/contracts/kept-plan";
import { OutlookView } from "@/lib/contracts/outlook";
import { NO_WISHES } from "@/lib/contracts/plan-wishes";
import { planMigration } from "@/lib/forecast/plan-migration";
import type { MigrationSnapshot } from "@/lib/migration/snapshot";
import { outlookOf } from "./outlook";
import { planInputOf } from "./plan-input-of";
import { toPlanView } from "./plan-view";
import { CUTOVER, file, migration, roundOf, step } from "./snapshot-fixture";

const START = Date.parse("2026-06-14T00:00:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const span = (from: number, to: number | null) => ({
  startedAtMs: START + from,
  finishedAtMs: to === null ? null : START + to,
});

const BASE: PlanBase = {
  databaseBytes: 100e9,
  fullBytes: 30e9,
  isFullThere: false,
  measured: {},
  limitBytes: 500_000_000,
  rehearsed: null,
  wishes: NO_WISHES,
};
const CHOICES = { startMs: START, method: "access_pending", checkMode: "async", timeFactor: 1 } as const;

function keep(method: "access_pending" | "immediate" = "access_pending"): KeptPlan {
  const input = planInputOf(BASE, { ...CHOICES, method });
  return {
    version: 1,
    madeAt: new Date(START).toISOString(),
    base: BASE,
    plan: toPlanView(planMigration(input), input, null),
  };
}

function look(snapshot: MigrationSnapshot, nowMs: number, kept: KeptPlan | null = keep()) {
  const view = outlookOf(snapshot, {
    nowMs: START + nowMs,
    startedAtMs: START,
    gapSeconds: null,
    checkMode: "async",
    timeFactor: 1,
    kept,
  });
  OutlookView.omit({ differential: true }).parse(view);
  const find = (name: string) => view.parts.find(({ part }) => part === name);
  return { ...view, find };
}

const fullAt = (restored: number | null) => [
  step("preflight", null, null, span(0, MINUTE)),
  step("backup", 0, "f0", span(MINUTE, 20 * MINUTE)),
  step("upload", 0, "f0", span(20 * MINUTE, 40 * MINUTE)),
  step("inspect", 0, "f0", span(40 * MINUTE, 41 * MINUTE)),
  step("import", 0, "f0", span(41 * MINUTE, 42 * MINUTE)),
  step("await_import", 0, "f0", {
    ...span(42 * MINUTE, restored),
    ...(restored === null ? { status: "waiting_external" } : {}),
  }),
];

describe("before anything has run", () => {
  test("all of it is foreseen as it is planned", () => {
    const { parts, onlineAt, plan, behindSeconds } = look(migration([]), 0);
    expect(parts.every(({ actual, forecast, plan: planned }) => !actual && forecast && planned)).toBe(true);
    expect(onlineAt).toEqual(plan?.onlineAt);
    expect(behindSeconds).toBe(0);
  });

  test("without a plan and a full nobody knows anything", () => {
    expect(look(migration([]), 0, null)).toMatchObject({ parts: [], onlineAt: null, behindSeconds: null });
  });
});

test("what is over is as it went, what runs ends in the future, what follows begins after it", () => {
  const now = 3 * HOUR;
  const { find } = look(migration(fullAt(null), { files: [file("f0", "full", { sizeBytes: 30e9 })] }), now);
  expect(find("full_backup")).toMatchObject({
    actual: { endAt: new Date(START + 20 * MINUTE).toISOString() },
    forecast: null,
    groupKey: "round:0",
  });
  const restore = find("restore");
  expect(restore?.actual?.endAt).toBeNull();
  expect(Date.parse(restore?.forecast?.endAt.p50 ?? "")).toBeGreaterThanOrEqual(START + now);
  expect(Date.parse(find("log_backup")?.forecast?.startAt.p50 ?? "")).toBeGreaterThanOrEqual(
    Date.parse(restore?.forecast?.endAt.p50 ?? ""),
  );
});

test("a restore that takes longer than planned moves all that follows, and the plan stays", () => {
  const files = [file("f0", "full", { sizeBytes: 30e9 })];
  const soon = look(migration(fullAt(2 * HOUR), { files }), 2 * HOUR);
  const late = look(migration(fullAt(9 * HOUR), { files }), 9 * HOUR);
  expect(late.plan).toEqual(soon.plan);
  expect(late.behindSeconds ?? 0).toBeGreaterThan((soon.behindSeconds ?? 0) + 6 * 3_600);
  expect(soon.behindSeconds).toBeLessThan(0);
});

test("without a plan the own full tells enough to foresee", () => {
  const files = [file("f0", "full", { sizeBytes: 30e9 })];
  const { onlineAt, plan, behindSeconds } = look(migration(fullAt(2 * HOUR), { files }), 2 * HOUR, null);
  expect(plan).toBeNull();
  expect(behindSeconds).toBeNull();
  expect(Date.parse(onlineAt?.p50 ?? "")).toBeGreaterThan(START + 2 * HOUR);
});

test("a cutover without a log before it passes the first log and the rounds over", () => {
  const files = [file("f0", "full", { sizeBytes: 30e9 }), file("f1", "log", { final: true })];
  const requestedAt = new Date(START + 2 * HOUR).toISOString();
  const steps = [
    ...fullAt(2 * HOUR),
    step("check_target", null, null, span(2 * HOUR, 2 * HOUR + 1_000)),
    step("stop_writes", null, null, span(2 * HOUR + 1_000, 2 * HOUR + 9_000)),
    ...roundOf(1, "f1", "upload", span(2 * HOUR + 9_000, 2 * HOUR + 60_000)),
  ];
  const { find, onlineAt } = look(
    migration(steps, { files, cutover: { ...CUTOVER, requestedAt } }),
    2 * HOUR + MINUTE,
  );
  expect(find("rounds")).toMatchObject({ actual: null, forecast: null });
  expect(find("log_backup")).toMatchObject({ actual: null, forecast: null });
  expect(find("last_log")?.actual?.startAt).toBe(new Date(START + 2 * HOUR + 9_000).toISOString());
  expect(Date.parse(onlineAt?.p50 ?? "")).toBeLessThan(START + 3 * HOUR);
});

test("one that is over stands beside its plan: every part as it went, and how much later it was online", () => {
  const requestedAt = new Date(START + 3 * HOUR).toISOString();
  const at = 3 * HOUR;
  const steps = [
    ...fullAt(2 * HOUR),
    ...roundOf(1, "f1", "await_import", span(2 * HOUR, 2 * HOUR + 10 * MINUTE)),
    step("check_target", null, null, span(at, at + 1_000)),
    step("stop_writes", null, null, span(at + 1_000, at + 9_000)),
    ...roundOf(2, "f2", "await_import", span(at + 9_000, at + 99_000)),
    step("open", null, null, span(at + 99_000, at + 100_000)),
    step("await_open", null, null, span(at + 100_000, at + 140_000)),
    step("await_check", null, null, span(at + 140_000, 5 * HOUR)),
  ];
  const files = [file("f0", "full"), file("f1", "log"), file("f2", "log", { final: true })];
  const kept = keep();
  const over = migration(steps, {
    files,
    status: "succeeded",
    phase: "online",
    cutover: { ...CUTOVER, requestedAt },
  });
  const { parts, find, behindSeconds, onlineAt } = look(over, 9 * HOUR, kept);
  expect(parts.every(({ actual, forecast }) => actual?.endAt && !forecast)).toBe(true);
  expect(find("rounds")?.actual).toEqual({
    startAt: new Date(START + 2 * HOUR + 10 * MINUTE).toISOString(),
    endAt: requestedAt,
  });
  expect(onlineAt).toBeNull();
  expect(behindSeconds).toBe(Math.round((START + at + 140_000 - Date.parse(kept.plan.onlineAt.p50)) / 1_000));
});

test("a cancelled one foresees nothing", () => {
  const cancelled = migration(fullAt(2 * HOUR), { status: "cancelled", files: [file("f0", "full")] });
  expect(look(cancelled, 9 * HOUR).parts.every(({ forecast }) => forecast === null)).toBe(true);
});

test("Immediate Access has neither rounds nor a last log", () => {
  const full = migration(fullAt(null), { method: "immediate", files: [file("f0", "full")] });
  const { parts, find } = look(full, HOUR, keep("immediate"));
  expect(parts.map(({ part }) => part)).not.toContain("rounds");
  // Nobody stopped writes here: it is not foreseen to come after the full.
  expect(find("stop_writes")).toMatchObject({ actual: null, forecast: null });
});

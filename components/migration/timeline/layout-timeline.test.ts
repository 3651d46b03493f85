import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StepView } from "@/lib/contracts/migration";
import type { OutlookPart, OutlookView } from "@/lib/contracts/outlook";
import type { StepKind } from "@/lib/migration/generated/step-kinds";
import { STATUSES } from "@/lib/migration/vocabulary/status";
import { DEFINITIONS } from "@/lib/plan/generated/definitions";
import { stepOf } from "../migration-view-fixture";
import type { StepGroup } from "./join-groups";
import { layoutTimeline } from "./layout-timeline";
import { buildAxis } from "./time-axis";
import type { TimelineZoom } from "./timeline-zoom";

const T0 = Date.parse("2026-05-17T00:00:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const iso = (ms: number | null) => (ms === null ? null : new Date(T0 + ms).toISOString());

let ordinal = 0;
function step(
  kind: StepKind,
  from: number | null,
  to: number | null,
  over: Partial<StepView> = {},
): StepView {
  ordinal++;
  return stepOf({
    id: `s${ordinal}`,
    key: `${kind}:${over.round ?? ""}`,
    kind,
    bar: DEFINITIONS[kind].bar,
    status: from === null ? "queued" : to === null ? "running" : "succeeded",
    ordinal,
    round: null,
    startedAt: iso(from),
    finishedAt: iso(to),
    ...over,
  });
}

/** Groups as the server would tell them: one a round. */
function groupsOf(steps: StepView[]): StepGroup[] {
  const rounds = [...new Set(steps.map(({ round }) => round))];
  return rounds.map((round) => ({
    key: `round:${round}`,
    kind: "file",
    title: "log",
    number: round,
    backup: "log",
    final: false,
    file: null,
    steps: steps.filter((step) => step.round === round),
    status: "running",
    ended: false,
    startedAt: null,
    finishedAt: null,
    ofCutover: false,
  }));
}

describe("layoutTimeline", () => {
  it("draws backup, upload and import one after the other, to now where it runs", () => {
    const groups = groupsOf([
      step("backup", 0, 10_000, { round: 0 }),
      step("upload", 10_000, 30_000, { round: 0 }),
      step("inspect", 30_000, 30_100, { round: 0 }),
      step("import", 30_100, 30_200, { round: 0 }),
      step("await_import", 30_200, null, { round: 0, status: "waiting_external" }),
    ]);
    const timeline = layoutTimeline(groups, T0 + 50_000);
    const bars = timeline.rows[0]?.bars ?? [];
    expect(bars.map((bar) => [bar.stage, bar.look, bar.running])).toEqual([
      ["backup", "done", false],
      ["upload", "done", false],
      ["import", "running", true],
    ]);
    const last = bars[2];
    expect((last?.left ?? 0) + (last?.width ?? 0)).toBeCloseTo(timeline.now ?? -1, 6);
    expect(timeline.now).toBeLessThan(100);
    expect(timeline.rows[0]?.durationMs).toBe(50_000);
  });

  it("breaks the axis at a restore of many hours, not at the work around it", () => {
    const groups = groupsOf([
      step("backup", 0, HOUR, { round: 0 }),
      step("await_import", HOUR, 20 * HOUR, { round: 0 }),
      step("backup", 20 * HOUR, 20 * HOUR + 10 * MINUTE, { round: 1 }),
      step("await_import", 20 * HOUR + 10 * MINUTE, 20 * HOUR + 20 * MINUTE, { round: 1 }),
    ]);
    const { axis, rows } = layoutTimeline(groups, T0 + 21 * HOUR);
    expect(axis.breaks.map((cut) => [cut.fromMs - T0, cut.toMs - T0, cut.width])).toEqual([
      [HOUR, 20 * HOUR, 8],
    ]);
    expect(rows[0]?.bars[0]?.width).toBeGreaterThan(50);
    expect(rows[1]?.bars[0]?.width).toBeGreaterThan(5);
    for (const tick of axis.ticks) {
      const inBreak = axis.breaks.some(
        (cut) => tick.left > cut.left + 0.01 && tick.left < cut.left + cut.width - 0.01,
      );
      expect(inBreak).toBe(false);
    }
  });

  it("does not break for a wait that still goes on, nor for a long backup", () => {
    const waiting = groupsOf([
      step("backup", 0, MINUTE, { round: 0 }),
      step("await_import", MINUTE, null, { round: 0 }),
    ]);
    expect(layoutTimeline(waiting, T0 + 9 * HOUR).axis.breaks).toEqual([]);
    const working = groupsOf([
      step("backup", 0, 9 * HOUR, { round: 0 }),
      step("upload", 9 * HOUR, 9 * HOUR + MINUTE, { round: 0 }),
    ]);
    expect(layoutTimeline(working, T0 + 10 * HOUR).axis.breaks).toEqual([]);
  });

  const foreseen = (from: number, to: number, latest = to) => ({
    startAt: { p50: iso(from) ?? "", p90: iso(from) ?? "" },
    endAt: { p50: iso(to) ?? "", p90: iso(latest) ?? "" },
  });
  const part = (name: OutlookPart["part"], over: Partial<OutlookPart> = {}): OutlookPart => ({
    part: name,
    groupKey: null,
    plan: null,
    actual: null,
    forecast: null,
    bytes: null,
    ...over,
  });
  const outlook = (parts: OutlookPart[]): OutlookView => ({
    plan: null,
    parts,
    onlineAt: null,
    behindSeconds: null,
    differential: null,
    timeFactor: 1,
  });

  it("draws what is planned and foreseen beside what ran, and what lies ahead in rows of its own", () => {
    const groups = groupsOf([step("backup", 0, null, { round: 0 })]);
    const view = outlook([
      part("full_backup", {
        groupKey: "round:0",
        plan: foreseen(0, 10 * MINUTE),
        actual: { startAt: iso(0) ?? "", endAt: null },
        forecast: foreseen(0, 15 * MINUTE, 20 * MINUTE),
      }),
      part("log_backup", {
        plan: foreseen(10 * MINUTE, 12 * MINUTE),
        forecast: foreseen(15 * MINUTE, 17 * MINUTE),
      }),
      part("open", { forecast: foreseen(20 * MINUTE, 21 * MINUTE), bytes: 5 }),
    ]);
    const { rows } = layoutTimeline(groups, T0 + 5 * MINUTE, { outlook: view });
    expect(
      rows.map(({ key, bars, plan, forecast }) => [key, bars.length, plan.length, forecast.length]),
    ).toEqual([
      ["round:0", 1, 1, 1],
      ["ahead:first_log", 0, 1, 1],
      ["ahead:open", 0, 0, 1],
    ]);
    const [full, log] = rows;
    const mark = full?.forecast[0];
    expect(mark?.whisker).toBeGreaterThan((mark?.left ?? 0) + (mark?.width ?? 0));
    expect(log?.forecast[0]?.left).toBeGreaterThan(log?.plan[0]?.left ?? 100);
    expect(rows.map(({ foreseenMs }) => foreseenMs)).toEqual([null, 2 * MINUTE, MINUTE]);
  });

  it("breaks the axis once for a restore that was planned shorter than it is foreseen", () => {
    const view = outlook([
      part("full_upload", { plan: foreseen(0, HOUR), forecast: foreseen(0, HOUR) }),
      part("restore", { plan: foreseen(HOUR, 18 * HOUR), forecast: foreseen(HOUR, 20 * HOUR) }),
      part("open", { forecast: foreseen(20 * HOUR, 20 * HOUR + 5 * MINUTE) }),
    ]);
    const { axis } = layoutTimeline([], T0, { outlook: view });
    expect(axis.breaks.map(({ fromMs, toMs }) => [fromMs - T0, toMs - T0])).toEqual([[HOUR, 20 * HOUR]]);
  });

  it("zooms into rounds and cutover: what lies outside is not drawn", () => {
    const view = outlook([
      part("restore", { forecast: foreseen(0, 10 * HOUR) }),
      part("log_backup", { forecast: foreseen(10 * HOUR, 10 * HOUR + 10 * MINUTE) }),
      part("rounds", { forecast: foreseen(10 * HOUR + 10 * MINUTE, 11 * HOUR) }),
      part("stop_writes", { forecast: foreseen(11 * HOUR, 11 * HOUR + 4 * MINUTE) }),
      part("open", { forecast: foreseen(11 * HOUR + 4 * MINUTE, 11 * HOUR + 8 * MINUTE) }),
    ]);
    const drawn = (zoom: TimelineZoom) =>
      layoutTimeline([], T0, { outlook: view, zoom })
        .rows.filter(({ forecast }) => forecast.length > 0)
        .map(({ title }) => title);
    expect(drawn("fit")).toEqual(["full", "first_log", "rounds", "stop_writes", "open"]);
    expect(drawn("rounds")).toContain("first_log");
    expect(drawn("rounds")).not.toContain("open");
    expect(drawn("cutover")).toEqual(["stop_writes", "open"]);
    const zoomed = layoutTimeline([], T0, { outlook: view, zoom: "cutover" });
    expect(zoomed.rows.find(({ title }) => title === "open")?.forecast[0]?.width).toBeGreaterThan(40);
  });

  it("stands the rounds before the cutover once that has begun", () => {
    const cutover = groupsOf([step("stop_writes", HOUR, null)]).map((group) => ({
      ...group,
      key: "stop_writes:9",
      kind: "stop_writes",
      title: "stop_writes",
      ofCutover: true,
    }));
    const view = outlook([
      part("rounds", { actual: { startAt: iso(0) ?? "", endAt: iso(HOUR) } }),
      part("stop_writes", { groupKey: "stop_writes:9", actual: { startAt: iso(HOUR) ?? "", endAt: null } }),
    ]);
    const { rows } = layoutTimeline(cutover, T0 + HOUR + MINUTE, { outlook: view });
    expect(rows.map(({ title, durationMs }) => [title, durationMs])).toEqual([
      ["rounds", HOUR],
      ["stop_writes", MINUTE],
    ]);
  });

  it("keeps order and stays inside the plot, whatever happened", () => {
    const spans = fc.array(
      fc.record({
        fromMs: fc.integer({ min: 0, max: 100 * HOUR }),
        lasts: fc.integer({ min: 0, max: 30 * HOUR }),
        long: fc.boolean(),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(spans, fc.boolean(), (given, running) => {
        const all = given.map(({ fromMs, lasts, long }) => ({ fromMs, toMs: fromMs + lasts, long }));
        const now = Math.max(0, ...all.map((span) => span.toMs));
        const axis = buildAxis(all, running ? now : null);
        const moments = all.flatMap((span) => [span.fromMs, span.toMs]).sort((a, b) => a - b);
        const places = moments.map(axis.place);
        for (const [index, at] of places.entries()) {
          expect(at).toBeGreaterThanOrEqual(-1e-6);
          expect(at).toBeLessThanOrEqual(100 + 1e-6);
          expect(at).toBeGreaterThanOrEqual((places[index - 1] ?? 0) - 1e-6);
        }
        expect(axis.ticks.length).toBeLessThan(15);
      }),
    );
  });

  it("knows a look for every status", () => {
    for (const status of STATUSES) {
      const groups = groupsOf([step("upload", 0, null, { round: 0, status })]);
      expect(layoutTimeline(groups, T0 + 1000).rows.length).toBe(1);
    }
  });
});

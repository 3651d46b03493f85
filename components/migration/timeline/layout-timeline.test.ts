import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StepView } from "@/lib/contracts/migration";
import type { StepKind } from "@/lib/migration/generated/step-kinds";
import { STATUSES } from "@/lib/migration/vocabulary/status";
import { DEFINITIONS } from "@/lib/plan/generated/definitions";
import { stepOf } from "../migration-view-fixture";
import type { StepGroup } from "./join-groups";
import { layoutTimeline } from "./layout-timeline";
import { buildAxis } from "./time-axis";

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

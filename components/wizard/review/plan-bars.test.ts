import { expect, test } from "vitest";
import type { PlanView } from "@/lib/contracts/plan";
import { layoutPlan } from "./plan-bars";

const T0 = Date.parse("2026-06-14T00:00:00Z");
type Part = PlanView["parts"][number];

/** Parts one after the other, of so many seconds. */
function plan(...parts: [Part["part"], p50: number, p90?: number][]): Part[] {
  let at = T0;
  return parts.map(([part, p50, p90 = p50]) => {
    const instant = (ms: number) => ({ p50: new Date(ms).toISOString(), p90: new Date(ms).toISOString() });
    const startAt = instant(at);
    at += p50 * 1_000;
    return {
      part,
      startAt,
      endAt: instant(at),
      seconds: { p50, p90 },
      bytes: null,
      downtime: false,
      basis: "prior",
    };
  });
}

test("bars stand side by side on one axis; the hours of the restore are cut out, so that minutes can be seen", () => {
  const { bars, axis } = layoutPlan(
    plan(["full_upload", 3_600], ["restore", 19 * 3_600], ["log_backup", 1_200], ["open", 300]),
  );
  for (const [index, bar] of bars.entries()) {
    const before = bars[index - 1];
    if (before) expect(bar.left).toBeCloseTo(before.left + before.width);
    expect(bar.width).toBeGreaterThan(2);
  }
  expect(axis.breaks).toHaveLength(1);
  expect(bars[0]?.width).toBeGreaterThan(bars[2]?.width ?? 100);
});

test("a check of hours at the end is cut out like a restore", () => {
  const { axis, bars } = layoutPlan(plan(["last_log", 240], ["open", 60], ["check", 4 * 3_600]));
  expect(axis.breaks).toHaveLength(1);
  expect(bars[0]?.width).toBeGreaterThan(50);
});

test("a whisker ends where nine of ten have ended, inside of the plot", () => {
  const { bars } = layoutPlan(plan(["open", 100], ["check", 100, 400]));
  const [certain, wide] = bars;
  expect(certain?.whisker).toBeCloseTo((certain?.left ?? 0) + (certain?.width ?? 0));
  expect(wide?.whisker).toBeLessThanOrEqual(100);
});

test("a part that is over at once has no width", () => {
  expect(layoutPlan(plan(["preflight", 0], ["open", 10])).bars[0]?.width).toBe(0);
});

import { expect, test } from "vitest";
import type { PlanView } from "@/lib/contracts/plan";
import { layoutPlan } from "./plan-bars";

const part = (p50: number, p90 = p50): PlanView["parts"][number] => ({
  part: "restore",
  startAt: { p50: "", p90: "" },
  endAt: { p50: "", p90: "" },
  seconds: { p50, p90 },
  bytes: null,
  downtime: false,
  basis: "prior",
});

test("bars stand side by side, longer parts wider, and minutes beside a day can be seen", () => {
  const bars = layoutPlan([part(60), part(19 * 3_600), part(300)]);
  for (const [index, bar] of bars.entries()) {
    const before = bars[index - 1];
    if (before) expect(bar.left).toBeCloseTo(before.left + before.width);
    expect(bar.width).toBeGreaterThan(2);
  }
  expect(bars[1]?.width).toBeGreaterThan(bars[2]?.width ?? 0);
});

test("a whisker ends where nine of ten have ended, inside of the plot", () => {
  const [certain, wide] = layoutPlan([part(100), part(100, 400)]);
  expect(certain?.whisker).toBeCloseTo((certain?.left ?? 0) + (certain?.width ?? 0));
  expect(wide?.whisker).toBeGreaterThan((wide?.left ?? 0) + (wide?.width ?? 0));
  expect(wide?.whisker).toBeLessThanOrEqual(100);
});

test("a part that is over at once has no width", () => {
  expect(layoutPlan([part(0), part(10)])[0]?.width).toBe(0);
});

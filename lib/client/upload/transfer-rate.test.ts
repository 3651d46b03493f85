import { expect, test } from "vitest";
import { RateMeter } from "./transfer-rate";

test("the rest is told as a range that holds the mean, wider on an unsteady line", () => {
  const steady = new RateMeter();
  for (let second = 0; second <= 20; second += 1) steady.count(second === 0 ? 0 : 1000, second * 1000);
  const { bytesPerSecond, remaining } = steady.read(10_000);
  expect(bytesPerSecond).toBeCloseTo(1000, -2);
  expect(remaining?.least).toBeLessThan(10);
  expect(remaining?.most).toBeGreaterThan(10);

  const unsteady = new RateMeter();
  for (let second = 0; second <= 20; second += 1) {
    unsteady.count(second === 0 ? 0 : second % 8 < 4 ? 200 : 1800, second * 1000);
  }
  const wide = unsteady.read(10_000).remaining;
  const narrow = remaining ?? { least: 0, most: 0 };
  expect((wide?.most ?? 0) - (wide?.least ?? 0)).toBeGreaterThan(narrow.most - narrow.least);
});

test("says nothing before it has seen a window, and a pause is no slow line", () => {
  const meter = new RateMeter();
  meter.count(500, 0);
  expect(meter.read(1000)).toEqual({ bytesPerSecond: null, remaining: null });
  meter.interrupt();
  meter.count(0, 60_000);
  meter.count(2000, 62_000);
  expect(meter.read(1000).bytesPerSecond).toBeCloseTo(1000);
});

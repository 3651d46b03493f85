import { createHistogram } from "node:perf_hooks";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { watchLoopDelay } from "./loop-delay";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a pause is told for a minute at least and two at most, and without the pause between two looks", () => {
  const watched: ReturnType<typeof createHistogram>[] = [];
  const watch = () => {
    const histogram = createHistogram();
    watched.push(histogram);
    return Object.assign(histogram, { disable: () => watched.splice(watched.indexOf(histogram), 1) });
  };
  const note = (milliseconds: number) => {
    for (const histogram of watched) histogram.record(Math.round(milliseconds * 1e6));
  };
  const delay = watchLoopDelay(60_000, watch);
  note(10);
  expect(delay.seconds(0.99)).toBeCloseTo(0, 3);
  vi.advanceTimersByTime(59_000);
  note(710);
  expect(delay.seconds(1)).toBeCloseTo(0.7, 2);
  vi.advanceTimersByTime(59_000);
  note(10);
  expect(delay.seconds(1)).toBeCloseTo(0.7, 2);
  vi.advanceTimersByTime(61_000);
  note(10);
  expect(delay.seconds(1)).toBeCloseTo(0, 3);
  delay.stop();
  expect(watched).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

import { expect, test } from "vitest";
import { LaneCount } from "./lane-count";

/** Plays parts of one megabyte on a line whose speed depends on how many go at once. */
function play(speedOf: (lanes: number) => number): number {
  const lanes = new LaneCount();
  let now = 0;
  for (let part = 0; part < 200; part += 1) {
    lanes.arrived(1_000_000, now);
    now += 1_000_000 / speedOf(lanes.value);
  }
  return lanes.value;
}

test("takes more lanes while each brings speed, six at most", () => {
  expect(play((lanes) => lanes * 100)).toBe(6);
});

test("stays at the fewest where more bring nothing", () => {
  expect(play(() => 300)).toBeLessThanOrEqual(4);
});

test("gives one back when the line complains, never below three", () => {
  const lanes = new LaneCount();
  lanes.complained();
  lanes.complained();
  expect(lanes.value).toBe(3);
});

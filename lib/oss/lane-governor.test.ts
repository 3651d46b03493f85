import { expect, test } from "vitest";
import { LaneGovernor } from "./lane-governor";

/** Parts of 1 MB that arrive at `bytesPerMs(lanes)`. */
function run(
  governor: LaneGovernor,
  bytesPerMs: (lanes: number) => number,
  parts: number,
  from = 0,
  limited = false,
): number {
  let now = from;
  for (let part = 0; part < parts; part += 1) {
    now += 1_000_000 / bytesPerMs(governor.target);
    governor.onPart(1_000_000, now, limited);
  }
  return now;
}

test("adds lanes while they bring something, and stops where they do not", () => {
  const governor = new LaneGovernor({ first: 4, most: 16 });
  run(governor, (lanes) => Math.min(lanes, 9) * 1_000, 2_000);
  expect(governor.target).toBeGreaterThanOrEqual(8);
  expect(governor.target).toBeLessThanOrEqual(10);
});

test("stays where one more brings nothing", () => {
  const governor = new LaneGovernor({ first: 4, most: 16 });
  run(governor, () => 50_000, 2_000);
  expect(governor.highest).toBeLessThanOrEqual(5);
});

test("halves after a failure, once for those that fail together, and comes back", () => {
  const governor = new LaneGovernor({ first: 8, most: 16 });
  for (let failure = 0; failure < 8; failure += 1) governor.onTrouble(100 + failure);
  expect(governor.target).toBe(4);
  run(governor, (lanes) => lanes * 1_000, 3_000, 200);
  expect(governor.target).toBe(16);
});

test("adds none under a bandwidth limit", () => {
  const governor = new LaneGovernor({ first: 4, most: 16 });
  run(governor, (lanes) => lanes * 1_000, 500, 0, true);
  expect(governor.highest).toBe(4);
});

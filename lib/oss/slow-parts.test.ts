import { expect, test } from "vitest";
import { SlowParts } from "./slow-parts";

function peers(slow: SlowParts, count: number, ms: number): void {
  for (let number = 1; number <= count; number += 1) {
    slow.started(100 + number, 1_000, 0, () => undefined);
    slow.ended(100 + number, ms, true);
  }
}

test("a part far slower than its peers is aborted, once", () => {
  const slow = new SlowParts(20);
  let aborted = 0;
  slow.started(1, 1_000, 0, () => {
    aborted += 1;
  });
  peers(slow, 6, 10);
  slow.check(50);
  expect(aborted).toBe(0);
  slow.check(51);
  slow.check(60);
  expect(aborted).toBe(1);
});

test("it is given twice the time when it is sent again", () => {
  const slow = new SlowParts(20);
  let aborted = 0;
  const abort = () => {
    aborted += 1;
  };
  slow.started(1, 1_000, 0, abort);
  peers(slow, 6, 10);
  slow.check(51);
  slow.started(1, 1_000, 100, abort);
  peers(slow, 6, 10);
  slow.check(199);
  expect(aborted).toBe(1);
  slow.check(201);
  expect(aborted).toBe(2);
});

test("all being slow is no reason, nor is a limit that was just set", () => {
  const slow = new SlowParts(20);
  const fail = () => {
    throw new Error("aborted");
  };
  slow.started(1, 1_000, 0, fail);
  slow.check(10_000);
  peers(slow, 6, 10);
  slow.forget();
  slow.check(10_000);
});

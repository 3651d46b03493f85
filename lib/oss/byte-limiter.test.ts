import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ByteLimiter } from "./byte-limiter";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** How many bytes pass within `ms`, asked for without end. */
async function passedIn(limiter: ByteLimiter, ms: number): Promise<number> {
  let passed = 0;
  let going = true;
  const ask = async () => {
    while (going) {
      const piece = limiter.pieceBytes();
      await limiter.take(piece);
      if (going) passed += piece;
    }
  };
  const asking = ask();
  await vi.advanceTimersByTimeAsync(ms);
  going = false;
  limiter.setRate(null);
  await asking;
  return passed;
}

test("lets through what the rate allows, evenly", async () => {
  const limiter = new ByteLimiter();
  limiter.setRate(1_000_000);
  const passed = await passedIn(limiter, 10_000);
  expect(passed).toBeGreaterThan(9_500_000);
  expect(passed).toBeLessThan(10_300_000);
});

test("a new rate holds for what waits already", async () => {
  const limiter = new ByteLimiter();
  limiter.setRate(65_536);
  await limiter.take(10 * 65_536);
  let through = false;
  const waiting = limiter.take(4_096).then(() => {
    through = true;
  });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(through).toBe(false);
  limiter.setRate(100_000_000);
  await vi.advanceTimersByTimeAsync(250);
  await waiting;
  expect(through).toBe(true);
});

test("without a limit nothing waits", async () => {
  const limiter = new ByteLimiter();
  await limiter.take(2 ** 40);
  expect(limiter.pieceBytes()).toBe(4 * 1024 * 1024);
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startSweep } from "./start-sweep";

const LONGEST_MS = 2_000;
const NEVER = Number.POSITIVE_INFINITY;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function open(sweep: () => Promise<number>, shortestMs = 0) {
  const spied = vi.fn(sweep);
  const errors: unknown[] = [];
  const sweeps = startSweep({
    sweep: spied,
    longestMs: LONGEST_MS,
    shortestMs,
    onError: (error) => errors.push(error),
  });
  return { sweeps, spied, errors };
}

test("sweeps at once, then when the next step is due, and not before", async () => {
  const delays = [150, NEVER];
  const { spied } = open(() => Promise.resolve(delays.shift() ?? NEVER));
  await vi.advanceTimersByTimeAsync(149);
  expect(spied).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(spied).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(LONGEST_MS - 1);
  expect(spied).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(spied).toHaveBeenCalledTimes(3);
});

test("goes on after a sweep that failed", async () => {
  const { spied, errors } = open(() => Promise.reject(new Error("the store is away")));
  await vi.advanceTimersByTimeAsync(LONGEST_MS);
  expect(spied).toHaveBeenCalledTimes(2);
  expect(errors).toEqual([new Error("the store is away"), new Error("the store is away")]);
});

test("told during a sweep it sweeps once more after it: what it had read may be old", async () => {
  const ends: (() => void)[] = [];
  const { sweeps, spied } = open(() => new Promise((settle) => ends.push(() => settle(NEVER))));
  sweeps.now();
  sweeps.now();
  expect(spied).toHaveBeenCalledTimes(1);
  ends.shift()?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(spied).toHaveBeenCalledTimes(2);
  ends.shift()?.();
  await vi.advanceTimersByTimeAsync(LONGEST_MS - 1);
  expect(spied).toHaveBeenCalledTimes(2);
});

test("told in between it sweeps at once and forgets the time that it had", async () => {
  const { sweeps, spied } = open(() => Promise.resolve(NEVER));
  await vi.advanceTimersByTimeAsync(LONGEST_MS / 2);
  sweeps.now();
  await vi.advanceTimersByTimeAsync(LONGEST_MS / 2);
  expect(spied).toHaveBeenCalledTimes(2);
});

test("stop waits for the sweep under way, and none comes after it", async () => {
  let end: (() => void) | undefined;
  const { sweeps, spied } = open(
    () =>
      new Promise((settle) => {
        end = () => settle(0);
      }),
  );
  let stopped = false;
  const stopping = sweeps.stop().then(() => {
    stopped = true;
  });
  await vi.advanceTimersByTimeAsync(LONGEST_MS);
  expect(stopped).toBe(false);
  end?.();
  await stopping;
  sweeps.now();
  await vi.advanceTimersByTimeAsync(LONGEST_MS);
  expect(spied).toHaveBeenCalledTimes(1);
});

test("however often it is told, there is a pause between two sweeps", async () => {
  const { sweeps, spied } = open(() => Promise.resolve(0), 200);
  await vi.advanceTimersByTimeAsync(0);
  for (let ms = 0; ms < 199; ms += 1) {
    sweeps.now();
    await vi.advanceTimersByTimeAsync(1);
  }
  expect(spied).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(spied).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(spied).toHaveBeenCalledTimes(7);
});

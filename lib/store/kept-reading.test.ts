import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { KeptReading } from "./kept-reading";

const KEEPING = { oldestMs: 1_000, everyMs: 500, askedMs: 15_000 };
let reads: number;
let read: () => Promise<number>;
let reading: KeptReading<null, number>;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  reads = 0;
  read = async () => {
    reads += 1;
    return reads;
  };
  reading = new KeptReading(
    () => read(),
    (answer) => answer < 100,
    KEEPING,
  );
});
afterEach(() => vi.useRealTimers());

test("who asks has what was read behind the last who asked, and nothing older than a second", async () => {
  expect(await reading.ask(null)).toBe(1);
  expect(await reading.ask(null)).toBe(1);
  await vi.advanceTimersByTimeAsync(500);
  expect(await reading.ask(null)).toBe(2);
  // A reading behind that takes long makes nobody's answer old.
  let answer: (n: number) => void = () => undefined;
  read = () =>
    new Promise((resolve) => {
      answer = resolve;
    });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await reading.ask(null)).toBe(2);
  await vi.advanceTimersByTimeAsync(1);
  const asked = reading.ask(null);
  answer(3);
  await vi.advanceTimersByTimeAsync(0);
  answer(4);
  expect(await asked).toBe(4);
});

test("what was begun before a change is nobody's answer after it", async () => {
  await reading.ask(null);
  await vi.advanceTimersByTimeAsync(10);
  reading.changed();
  expect(await reading.ask(null)).toBe(2);
});

test("it is read for a quarter of a minute after somebody has asked, and then no more", async () => {
  await reading.ask(null);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(reads).toBe(1 + 30);
  expect(await reading.ask(null)).toBe(32);
});

test("what is not worth keeping is read each time, and never behind", async () => {
  reads = 100;
  await reading.ask(null);
  await vi.advanceTimersByTimeAsync(60_000);
  await reading.ask(null);
  expect(reads).toBe(102);
});

test("a failure behind is told to nobody but by the next reading", async () => {
  const good = read;
  await reading.ask(null);
  read = () => Promise.reject(new Error("away"));
  await vi.advanceTimersByTimeAsync(500);
  await expect(reading.ask(null)).rejects.toThrow("away");
  read = good;
  expect(await reading.ask(null)).toBe(2);
});

import { expect, test } from "vitest";
import { forecastDowntime } from "./forecast-downtime";
import type { ForecastInput, MeasuredRound } from "./measured-round";

const START = Date.UTC(2026, 0, 1);

/** Fixed 2 + 3 + 30 s; 100, 20 and 20 MB/s. */
function round(type: MeasuredRound["type"], bytes: number, minute: number, slower = 1): MeasuredRound {
  return {
    type,
    bytes,
    startedAtMs: START + minute * 60_000,
    backupSeconds: (2 + bytes / 100e6) * slower,
    uploadSeconds: (3 + bytes / 20e6) * slower,
    importSeconds: (30 + bytes / 20e6) * slower,
  };
}

const roundSeconds = (bytes: number) => 35 + bytes / 100e6 + bytes / 10e6;
const SIZES = [300e6, 120e6, 500e6, 220e6, 90e6, 410e6, 180e6, 260e6, 330e6, 150e6];
const logs = (slower: (index: number) => number = () => 1) =>
  SIZES.map((bytes, index) => round("log", bytes, 60 + index * 15, slower(index)));

function input(more: Partial<ForecastInput> = {}): ForecastInput {
  return {
    nowMs: START + 4 * 3_600_000,
    checkMode: "async",
    limitBytes: 500e6,
    rounds: [round("full", 40e9, 0), ...logs()],
    gapSeconds: 900,
    gapBytes: 200e6,
    rehearsal: { openSeconds: 30, stopWritesSeconds: 5 },
    ...more,
  };
}

const off = (value: number, truth: number) => Math.abs(value - truth) / truth;

test.each([50e6, 200e6, 2e9])(
  "a log of %d bytes costs fixed costs and its bytes by the rates",
  (gapBytes) => {
    const { p50, p90 } = forecastDowntime(input({ gapBytes })).downtimeSeconds;
    expect(off(p50, 35 + roundSeconds(gapBytes))).toBeLessThan(0.06);
    expect(p90 / p50).toBeLessThan(1.2);
  },
);

test("one round that stood for an hour bends it little, and lengthens the range", () => {
  const usual = forecastDowntime(input()).downtimeSeconds;
  const once = forecastDowntime(
    input({ rounds: [round("full", 40e9, 0), ...logs((index) => (index === 6 ? 6 : 1))] }),
  ).downtimeSeconds;
  expect(off(once.p50, usual.p50)).toBeLessThan(0.05);
  expect(once.p90 / once.p50).toBeGreaterThan(usual.p90 / usual.p50);
});

test("a rate that becomes worse is followed", () => {
  const rounds = [round("full", 40e9, 0), ...logs((index) => 1.06 ** index)];
  const { p50 } = forecastDowntime(input({ rounds })).downtimeSeconds;
  expect(off(p50, 35 + roundSeconds(200e6) * 1.06 ** 10)).toBeLessThan(0.08);
});

test("it grows with the gap, measured in bytes or in seconds", () => {
  const p50 = (more: Partial<ForecastInput>) => forecastDowntime(input(more)).downtimeSeconds.p50;
  expect(p50({ gapBytes: 400e6 })).toBeGreaterThan(p50({ gapBytes: 200e6 }) * 1.2);
  expect(p50({ gapBytes: null, gapSeconds: 3_600 })).toBeGreaterThan(
    p50({ gapBytes: null, gapSeconds: 600 }) * 1.2,
  );
});

test("what the open takes is known by a rehearsal; before it the range is longer", () => {
  const rehearsed = forecastDowntime(
    input({ rehearsal: { openSeconds: 120, stopWritesSeconds: 5 } }),
  ).downtimeSeconds;
  const plain = forecastDowntime(input({ rehearsal: null })).downtimeSeconds;
  expect(off(rehearsed.p50, 125 + roundSeconds(200e6))).toBeLessThan(0.05);
  expect(plain.p90 / plain.p50).toBeGreaterThan(rehearsed.p90 / rehearsed.p50);
});

test("with the check before the open the whole database is read first", () => {
  const of = (checkMode: "async" | "sync") =>
    forecastDowntime(input({ checkMode, rehearsal: null })).downtimeSeconds;
  expect(of("sync").p50).toBeGreaterThan(of("async").p50 + 100);
});

test("from priors before anything was measured: wide, and it says so", () => {
  const { downtimeSeconds, readyAtMs, basis } = forecastDowntime(
    input({ rounds: [], gapSeconds: null, gapBytes: null, rehearsal: null }),
  );
  expect(downtimeSeconds.p90 / downtimeSeconds.p50).toBeGreaterThan(1.4);
  expect(readyAtMs).toBeNull();
  expect(basis.map(({ key }) => key)).toEqual([
    "nothing",
    "not_rehearsed",
    "log_unknown",
    "wide",
    "narrower_by_rehearsal",
    "narrower_by_rounds",
  ]);
});

test("services that run sixty times faster are expected to take a sixtieth", () => {
  const none = { rounds: [], gapBytes: 1e6, rehearsal: null };
  const p50 = (timeFactor: number) => forecastDowntime(input({ ...none, timeFactor })).downtimeSeconds.p50;
  expect(off(p50(60) * 60, p50(1))).toBeLessThan(0.1);
});

test("parts that nobody measured stand on what is usual", () => {
  const rounds = input().rounds.map((one) => ({ ...one, backupSeconds: null }));
  const { downtimeSeconds } = forecastDowntime(input({ rounds }));
  expect(off(downtimeSeconds.p50, 35 + roundSeconds(200e6))).toBeLessThan(0.15);
});

test.each([
  ["now, when what waits is small", { gapBytes: 100e6 }, 0, 0],
  // Backup, upload and import of 3 GB; meanwhile about 60 MB are written.
  ["after the round that takes what waits", { gapBytes: 3e9 }, 300, 420],
] as const)("ready %s", (_, more, least, most) => {
  const { readyAtMs } = forecastDowntime(input(more));
  const seconds = ((readyAtMs?.p50 ?? Number.NaN) - input().nowMs) / 1_000;
  expect(seconds).toBeGreaterThanOrEqual(least);
  expect(seconds).toBeLessThanOrEqual(most);
});

test("never ready, when more is written than goes over", () => {
  expect(forecastDowntime(input({ limitBytes: 1e6 })).readyAtMs).toBeNull();
});

import { expect, test } from "vitest";
import { forecastWave } from "./forecast-wave";
import { cutover, foreseen, HOUR, T0 } from "./wave-fixture";
import { WaveRules } from "./wave-rules";

const rules = WaveRules.parse({ sourcesAtOnce: 1, restoresAtOnce: 1, order: "as_listed" });
const at = {
  nowMs: T0,
  importsLeft: () => 500,
  freeBytes: () => null,
  beside: [],
  needsApproval: false,
  beginsAtMs: null,
};
const seconds = (ms: number | null | undefined) => (ms == null ? null : (ms - T0) / 1_000);

test("one at the source and one at the instance: the second is prepared while the first is restored", () => {
  const wave = forecastWave(
    [foreseen("m1", [100, 300, 50, 10]), foreseen("m2", [100, 300, 50, 10])],
    rules,
    null,
    at,
  );
  const [one, two] = [...wave.members.values()].map(({ p50 }) => p50);
  expect([one?.startsAtMs, one?.restoredAtMs, one?.readyAtMs, one?.onlineAtMs].map(seconds)).toEqual([
    0, 400, 450, 460,
  ]);
  expect([two?.startsAtMs, two?.restoredAtMs, two?.readyAtMs, two?.onlineAtMs].map(seconds)).toEqual([
    100, 700, 750, 760,
  ]);
  expect(wave.last).toMatchObject({ id: "m2", p50Ms: T0 + 760_000, p90Ms: T0 + 1_520_000 });
  expect(wave.second).toEqual({ id: "m1", p50Ms: T0 + 460_000 });
});

test("what would not fit on the disk is not foreseen, and holds nobody", () => {
  const big = foreseen("m1", [100, 300, 50, 10], { bytes: 70 });
  const next = foreseen("m2", [100, 300, 50, 10], { bytes: 40 });
  const small = foreseen("m3", [100, 300, 50, 10], { bytes: 20 });
  const wave = forecastWave([big, next, small], rules, null, { ...at, freeBytes: () => 100 });
  expect(wave.unforeseen).toEqual(["m2"]);
  expect(wave.last?.id).toBe("m3");
});

test("what waits for imports begins with the next day of RDS, which we take for UTC's", () => {
  const member = foreseen("m1", [100, 300, 50, 10]);
  const wave = forecastWave([member], rules, null, { ...at, importsLeft: () => 3 });
  expect(wave.members.get("m1")?.p50.startsAtMs).toBe(Date.parse("2026-06-07T00:00:00Z"));
  expect(wave.unforeseen).toEqual([]);
});

test("a wave that follows another is foreseen from when that lets it begin; what has begun already goes on", () => {
  const members = [foreseen("m1", [100, 300, 50, 10]), foreseen("m2", [0, 0, 30, 10], { stage: "rounds" })];
  const beginsAtMs = { p50: T0 + 1_000_000, p90: T0 + 2_000_000 };
  const wave = forecastWave(members, rules, null, { ...at, beginsAtMs });
  expect(seconds(wave.members.get("m1")?.p50.startsAtMs)).toBe(1_000);
  expect(seconds(wave.members.get("m1")?.p90.startsAtMs)).toBe(2_000);
  expect(seconds(wave.members.get("m2")?.p50.onlineAtMs)).toBe(40);
  const never = { p50: Number.POSITIVE_INFINITY, p90: Number.POSITIVE_INFINITY };
  expect(forecastWave(members, rules, null, { ...at, beginsAtMs: never }).unforeseen).toEqual(["m1"]);
});

test("who decides is who is online last, not who is largest", () => {
  const big = foreseen("m1", [1_000, 2_000, 0, 10], { bytes: 900 });
  const late = foreseen("m2", [100, 4_000, 0, 10], { bytes: 100, instanceId: "rm-2" });
  const wave = forecastWave([big, late], rules, null, at);
  expect(wave.last?.id).toBe("m2");
  expect(wave.second?.id).toBe("m1");
});

test("a window opens the cutovers, and in a row each follows the one before it", () => {
  const opensAt = T0 + 10 * HOUR;
  const window = {
    opensAt: new Date(opensAt).toISOString(),
    closesAt: new Date(opensAt + HOUR).toISOString(),
  };
  const members = ["m1", "m2", "m3"].map((id) => foreseen(id, [1, 1, 1, 120]));
  const last = (waitMinutes: number) => {
    const wave = forecastWave(members, rules, { ...cutover, window, waitMinutes }, at);
    return [...wave.members.values()].map(({ p50 }) =>
      p50.onlineAtMs === null ? null : p50.onlineAtMs - opensAt,
    );
  };
  expect(last(0)).toEqual([120_000, 240_000, 360_000]);
  expect(last(10)).toEqual([120_000, 840_000, 1_560_000]);
  // The third would begin after the window.
  expect(last(40)).toEqual([120_000, 2_640_000, null]);
});

test("together nobody waits for another", () => {
  const members = ["m1", "m2"].map((id) => foreseen(id, [1, 1, 1, 60], { stage: "rounds" }));
  const wave = forecastWave(members, rules, { ...cutover, mode: "together" }, at);
  expect([...wave.members.values()].map(({ p50 }) => seconds(p50.onlineAtMs))).toEqual([61, 61]);
});

test("what stopped, or whose size nobody knows, is not foreseen and stands in nobody's way", () => {
  const members = [
    foreseen("m1", [100, 100, 0, 10], { stage: "stopped" }),
    foreseen("m2", [0, 0, 0, 0], { seconds: null }),
    foreseen("m3", [100, 100, 0, 10]),
    foreseen("m4", [0, 0, 0, 0], { seconds: null, stage: "restoring" }),
  ];
  const wave = forecastWave(members, rules, null, at);
  expect(wave.unforeseen).toEqual(["m1", "m2", "m4"]);
  expect(seconds(wave.members.get("m3")?.p50.onlineAtMs)).toBe(210);
  expect(wave.last?.id).toBe("m3");
});

test("a member that is online is told as it was, and decides when it was the last", () => {
  const online = foreseen("m1", [0, 0, 0, 0], { stage: "online", onlineAtMs: T0 - HOUR });
  expect(forecastWave([online], rules, null, at).last).toMatchObject({ id: "m1", p50Ms: T0 - HOUR });
  expect(forecastWave([], rules, null, at)).toMatchObject({ last: null, second: null, unforeseen: [] });
});

test("forty members on two instances come to an end", () => {
  const members = Array.from({ length: 40 }, (_, index) =>
    foreseen(`m${index + 1}`, [600, 1_800, 300, 180], { instanceId: index % 2 ? "rm-2" : "rm-1" }),
  );
  const wave = forecastWave(members, WaveRules.parse({}), cutover, { ...at, nowMs: T0 - 30 * HOUR });
  expect(wave.unforeseen).toEqual([]);
  expect(wave.last?.p50Ms).toBe(T0 + 20 * 180_000);
});

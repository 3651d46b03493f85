import { expect, test } from "vitest";
import { instantInZone, zonesToChoose } from "./instant-in-zone";

const iso = (local: string, zone: string) => new Date(instantInZone(local, zone)).toISOString();

test.each([
  ["2026-12-20T00:00", "UTC", "2026-12-20T00:00:00.000Z"],
  ["2026-12-20T00:00", "Asia/Shanghai", "2026-12-19T16:00:00.000Z"],
  ["2026-12-20T00:00", "Europe/Berlin", "2026-12-19T23:00:00.000Z"],
  ["2026-07-01T12:30", "Europe/Berlin", "2026-07-01T10:30:00.000Z"],
  ["2026-07-01T12:30", "Asia/Kolkata", "2026-07-01T07:00:00.000Z"],
  ["2026-07-01T12:30", "America/New_York", "2026-07-01T16:30:00.000Z"],
  // Clocks go back: the first of the two; forward: half an hour after the change.
  ["2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30:00.000Z"],
  ["2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:30:00.000Z"],
  ["2026-03-29T03:00", "Europe/Berlin", "2026-03-29T01:00:00.000Z"],
])("%s in %s is %s", (local, zone, at) => {
  expect(iso(local, zone)).toBe(at);
});

test("what is no time is none, and what is no zone is refused", () => {
  expect(instantInZone("", "UTC")).toBeNaN();
  expect(instantInZone("soon", "UTC")).toBeNaN();
  expect(() => instantInZone("2026-01-01T00:00", "Nowhere/Land")).toThrow(RangeError);
});

test("the viewer's zone is the first to choose, then UTC, each once", () => {
  const zones = zonesToChoose("Asia/Shanghai");
  expect(zones.slice(0, 2)).toEqual(["Asia/Shanghai", "UTC"]);
  expect(new Set(zones).size).toBe(zones.length);
  expect(zones).toContain("Europe/Berlin");
});

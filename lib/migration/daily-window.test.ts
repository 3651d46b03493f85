import { expect, test } from "vitest";
import { minutesUntilWindow } from "./daily-window";

/** A Monday. */
const at = (time: string) => new Date(`2026-05-04T${time}:00.000Z`);

test.each<[string, string | null, string, number | null]>([
  ["18:00Z-22:00Z", null, "10:00", 480],
  ["18:00Z-22:00Z", null, "18:00", 0],
  ["18:00Z-22:00Z", null, "21:59", 0],
  ["18:00Z-22:00Z", null, "22:00", 20 * 60],
  // Over midnight: yesterday's window is still open.
  ["23:00Z-02:00Z", null, "01:30", 0],
  ["23:00Z-02:00Z", null, "02:00", 21 * 60],
  ["10:00Z-11:00Z", "Tuesday,Friday", "10:30", 24 * 60 - 30],
  ["10:00Z-11:00Z", "Monday", "12:00", 7 * 24 * 60 - 120],
  // Sunday's, which ends on Monday.
  ["23:00Z-02:00Z", "Sunday", "01:00", 0],
  ["10:00Z-11:00Z", "Someday", "09:00", null],
  ["soon", null, "09:00", null],
])("%s on %s, seen at %s: in %s minutes", (window, days, time, minutes) => {
  expect(minutesUntilWindow(window, days, at(time))).toBe(minutes);
});

test("no window is none", () => {
  expect(minutesUntilWindow(null, null, at("09:00"))).toBeNull();
});

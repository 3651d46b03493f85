import { expect, test } from "vitest";
import { formatRdsMinute, formatRdsMinuteAfter, parseRdsTime } from "./rds-time";

test.each([
  ["2026-03-30T12:11:04Z", "2026-03-30T12:11:04.000Z"],
  ["2017-05-30 T12:11:4Z", "2017-05-30T12:11:04.000Z"],
  ["2017-05-30 12:11:04", "2017-05-30T12:11:04.000Z"],
  ["2026-03-30T12:11Z", "2026-03-30T12:11:00.000Z"],
  ["2026-3-3T2:1:4.5Z", "2026-03-03T02:01:04.000Z"],
])("%s is %s", (text, instant) => {
  expect(parseRdsTime(text)).toBe(instant);
});

test.each([[""], [null], [undefined], ["null"], ["2026-02-31T00:00:00Z"], ["2026-13-01T00:00:00Z"]])(
  "%s is none",
  (text) => {
    expect(parseRdsTime(text)).toBeNull();
  },
);

test("requests carry whole minutes that hold the instant", () => {
  expect(formatRdsMinute("2026-03-30T12:11:59.999Z")).toBe("2026-03-30T12:11Z");
  expect(formatRdsMinuteAfter("2026-03-30T12:11:00.001Z")).toBe("2026-03-30T12:12Z");
  expect(formatRdsMinuteAfter("2026-03-30T12:11:00.000Z")).toBe("2026-03-30T12:11Z");
  expect(formatRdsMinute("2026-03-30T20:11:00+08:00")).toBe("2026-03-30T12:11Z");
});

import { expect, test } from "vitest";
import { parseWallClock } from "./wall-clock";

test.each([
  ["2026-11-01T00:10:00", "2026-11-01T00:10:00", null],
  ["2026-11-01 00:10:00.500", "2026-11-01T00:10:00.500", null],
  ["2026-11-01T00:10:00Z", "2026-11-01T00:10:00", 0],
  ["2026-11-01 00:10:00.0000000 +08:00", "2026-11-01T00:10:00.0000000", 32],
  ["2026-11-01T00:10:00-0330", "2026-11-01T00:10:00", -14],
  ["last Sunday", "last Sunday", null],
  [null, null, null],
])("%s", (text, local, quarterHours) => {
  expect(parseWallClock(text)).toEqual({ local, quarterHours });
});

import { expect, test } from "vitest";
import { canTellLogSinceBackup, parseServerVersion, sessionsKnowTheirDatabase } from "./server-version";

test.each([
  ["10.50.6000.34", false, false],
  ["11.0.7001.0", true, false],
  ["13.0.4001.0", true, false],
  ["13.0.5026.0", true, true],
  ["14.0.1000.169", true, true],
  ["16.0.4003.1", true, true],
])("%s", (text, sessions, log) => {
  const version = parseServerVersion(text);
  expect(sessionsKnowTheirDatabase(version)).toBe(sessions);
  expect(canTellLogSinceBackup(version)).toBe(log);
});

test("not a version", () => {
  expect(() => parseServerVersion("SQL Server")).toThrow(RangeError);
});

import { expect, test } from "vitest";
import { parseServerVersion } from "./server-version";
import { chooseStatement, statementVersions } from "./statement-versions";

test.each([
  ["10.0.6000.29", "list-sessions-2008", false, "read-last-check-dbinfo"],
  ["10.50.6000.34", "list-sessions-2008", false, "read-last-check-dbinfo"],
  ["11.0.7001.0", "list-sessions", false, "read-last-check-dbinfo"],
  ["13.0.4001.0", "list-sessions", false, "read-last-check-dbinfo"],
  ["13.0.5026.0", "list-sessions", true, "read-last-check"],
  ["14.0.1000.169", "list-sessions", true, "read-last-check-dbinfo"],
  ["14.0.3030.27", "list-sessions", true, "read-last-check"],
  ["16.0.4003.1", "list-sessions", true, "read-last-check"],
  ["18.0.1.0", "list-sessions", true, "read-last-check"],
])("%s is asked by %s", (text, sessions, log, check) => {
  const version = parseServerVersion(text);
  expect(chooseStatement(version, ["list-sessions", "list-sessions-2008"])).toBe(sessions);
  expect(chooseStatement(version, ["read-log-since-backup"]) !== null).toBe(log);
  expect(chooseStatement(version, ["read-last-check", "read-last-check-dbinfo"])).toBe(check);
});

test("a header is read as it stands", () => {
  expect(statementVersions("read-last-check")).toEqual({
    from: "2016 SP2",
    alsoFrom: ["2017 CU9"],
    to: "2025",
  });
  expect(statementVersions("list-sessions-2008")).toEqual({ from: "2008 R2", alsoFrom: [], to: null });
});

test("not a version", () => {
  expect(() => parseServerVersion("SQL Server")).toThrow(RangeError);
});

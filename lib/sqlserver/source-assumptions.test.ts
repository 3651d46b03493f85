import { expect, test } from "vitest";
import { judgeSourceAnswer } from "./source-assumptions";

const row = {
  backup_type: "D ",
  database_name: "shop",
  first_lsn: "1",
  last_lsn: "2",
  backup_set_guid: "g",
  set_name: null,
};

test("agrees with what SQL Server writes, padded columns included, and with statements of which nothing is assumed", () => {
  expect(judgeSourceAnswer("list-backups", [row, { ...row, backup_type: "L" }])).toEqual([]);
  expect(judgeSourceAnswer("list-backups", [])).toEqual([]);
  expect(judgeSourceAnswer("count-rows", [{ anything: 1 }])).toEqual([]);
});

test("names a kind of backup, a state and a release that are not known", () => {
  expect(judgeSourceAnswer("list-backups", [{ ...row, backup_type: "X", last_lsn: null }])).toEqual([
    { kind: "missing_field", at: "last_lsn", found: null },
    { kind: "unknown_word", at: "backup_type", found: "X" },
  ]);
  const identity = {
    productVersion: "18.0.1",
    edition: "E",
    serverName: "S",
    collation: "C",
    localTime: "T",
  };
  expect(judgeSourceAnswer("identify-server", { ...identity, major: 18, engineEdition: 3 })).toEqual([
    { kind: "unknown_word", at: "major", found: "18" },
  ]);
  expect(judgeSourceAnswer("no-statement", [])).toEqual([
    { kind: "unknown_call", at: "no-statement", found: null },
  ]);
});

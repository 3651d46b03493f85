import { describe, expect, it } from "vitest";
import {
  accountNameFor,
  compareRowCounts,
  isRevertOpen,
  NO_AFTERCARE,
  privilegeFor,
  readRowCounts,
} from "./aftercare";

describe("row counts", () => {
  it("are read as any tool prints them", () => {
    const printed = "\r\n(2 rows)\ndbo.Orders\t1200\r\n sales.Order Lines | 34 \nno number\tx\n";
    expect(readRowCounts(printed)).toEqual({ "dbo.Orders": 1200, "sales.Order Lines": 34 });
  });

  it("differ where one side has another number, or no such table", () => {
    expect(compareRowCounts({ a: 1, b: 2, c: 3 }, { a: 1, b: 5, d: 4 })).toEqual({
      tables: 4,
      equal: 1,
      rows: 10,
      differing: [
        { table: "b", source: 2, target: 5 },
        { table: "c", source: 3, target: null },
        { table: "d", source: null, target: 4 },
      ],
    });
  });
});

describe("an account for a user", () => {
  it.each([
    ["app_sales", "app_sales"],
    ["CORP\\Svc.ETL$", "svc_etl"],
    ["42", "a_user"],
    ["数据", "a_user"],
    ["X", "x_user"],
    ["a".repeat(80), "a".repeat(64)],
  ])("%s is called %s", (login, name) => {
    expect(accountNameFor(login)).toBe(name);
  });

  it.each([
    [["db_owner"], [], "DBOwner"],
    [["db_datareader", "db_datawriter"], [], "ReadWrite"],
    [["db_datareader"], ["EXECUTE"], "ReadWrite"],
    [["db_datareader"], ["DENY DELETE"], "ReadOnly"],
    [[], [], "ReadOnly"],
  ])("of roles %j and rights %j gets %s", (roles, rights, privilege) => {
    expect(privilegeFor({ roles, rights })).toBe(privilege);
  });
});

it("the way back is open until its time, or until somebody ends it", () => {
  const at = "2026-05-17T00:00:00.000Z";
  const revert = { until: "2026-05-19T00:00:00.000Z", endedAt: null, by: "Lin Wei", at };
  expect(isRevertOpen({ revert }, Date.parse("2026-05-18T23:59:59Z"))).toBe(true);
  expect(isRevertOpen({ revert }, Date.parse(revert.until))).toBe(false);
  expect(isRevertOpen({ revert: { ...revert, endedAt: at } }, Date.parse(at))).toBe(false);
  expect(isRevertOpen(NO_AFTERCARE, 0)).toBe(false);
});

import { describe, expect, test } from "vitest";
import {
  backupFileName,
  isRefusedName,
  joinSourcePath,
  mendedObjectKey,
  objectBaseName,
  objectKeyFor,
  unpackedName,
} from "./object-name";

describe("object keys", () => {
  test("a name that RDS takes stays as it is", () => {
    expect(objectKeyFor("sales/", "SalesDB_LOG_20261122_3.trn", "log")).toBe(
      "sales/SalesDB_LOG_20261122_3.trn",
    );
    expect(objectKeyFor("", "full.BAK", "full")).toBe("full.BAK");
  });

  test("a name that RDS refuses is mended and marked with what it was", () => {
    expect(objectKeyFor("sales/", "Sales DB@1.bak")).toMatch(/^sales\/Sales_DB_1_[0-9a-f]{6}\.bak$/);
    expect(objectKeyFor("p/", "库存.TRN")).toMatch(/^p\/___[0-9a-f]{6}\.TRN$/);
    expect(objectKeyFor("", "..\\..\\x.bak")).toMatch(/^_[A-Za-z0-9_.]*x_[0-9a-f]{6}\.bak$/);
  });

  test("two files never share a key", () => {
    const names = ["a-b.bak", "a+b.bak", "a b.bak", "a_b.bak", "库存.bak", "客户.bak", "a_b", "a_b.lbak"];
    expect(new Set(names.map((name) => objectKeyFor("", name, "full"))).size).toBe(names.length);
  });

  test("the suffix is that of the file's type where RDS would not know it", () => {
    expect(objectKeyFor("", "nightly", "full")).toMatch(/^nightly_[0-9a-f]{6}\.bak$/);
    expect(objectKeyFor("", "sales.lbak", "log")).toMatch(/^sales_[0-9a-f]{6}\.trn$/);
    expect(objectKeyFor("", "sales.20261122", "differential")).toMatch(/^sales\.20261122_[0-9a-f]{6}\.diff$/);
  });

  test("what already lies in the bucket is only copied when RDS would refuse it", () => {
    expect(isRefusedName("a/b-c d.bak")).toBe(false);
    for (const character of "!@#$%^&*()+=`|:") {
      expect(isRefusedName(`a/b${character}c.bak`), character).toBe(true);
      expect(isRefusedName(`SERVER${character}INST/a.bak`), character).toBe(true);
      expect(isRefusedName(objectKeyFor("a/", `b${character}c.bak`)), character).toBe(false);
      expect(isRefusedName(mendedObjectKey(`SERVER${character}INST/a.bak`, "full")), character).toBe(false);
    }
    for (const key of ["a/b@c.bak", "a|b.bak", "备份/a.bak", "a/b.lbak", "a/b"])
      expect(isRefusedName(key)).toBe(true);
    expect(mendedObjectKey("备份/sales.lbak", "log")).toMatch(/^__\/sales_[0-9a-f]{6}\.trn$/);
    expect(isRefusedName(mendedObjectKey("备份/a@b", null))).toBe(false);
  });

  test("an unpacked file carries its archive's name, since all archives of a database hold the same", () => {
    expect(unpackedName("hins123_data_20261122.zip.log", "SalesDB.lbak")).toBe(
      "hins123_data_20261122_SalesDB.lbak",
    );
    expect(unpackedName("one.zip", "logs\\SalesDB.lbak")).toBe("one_SalesDB.lbak");
  });
});

test("names of backups and folders", () => {
  expect(objectBaseName("a/b/c.bak")).toBe("c.bak");
  expect(backupFileName("a]b'c;--", "log", "2026-11-22T14:05:00.123", 3)).toBe(
    "a_b_c____115810_LOG_20261122140500_3.trn",
  );
  const chinese = ["销售", "库存"].map((name) => backupFileName(name, "full", "2026-11-22T14:05:00.123", 1));
  expect(new Set(chinese).size).toBe(2);
  expect(joinSourcePath("D:\\Backup", "x.bak")).toBe("D:\\Backup\\x.bak");
  expect(joinSourcePath("/var/opt/backup", "x.bak")).toBe("/var/opt/backup/x.bak");
});

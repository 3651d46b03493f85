import { expect, test } from "vitest";
import { toLifecycleRules } from "./lifecycle-rule";

test("one rule stands alone, several are a list; days are text", () => {
  const expire = { ID: "a", Prefix: "shop/", Status: "Enabled", Expiration: { Days: "3" } };
  const move = {
    ID: "b",
    Status: "Disabled",
    Transition: [{ Days: "30", StorageClass: "IA" }, { Days: "90" }],
  };
  const deletes = { prefix: "shop/", enabled: true, effect: "deletes", days: 3 };
  expect(toLifecycleRules({ Rule: expire })).toEqual([deletes]);
  expect(toLifecycleRules({ Rule: [expire, move] })).toEqual([
    deletes,
    { prefix: "", enabled: false, effect: "moves", days: 30 },
    { prefix: "", enabled: false, effect: "moves", days: 90 },
  ]);
});

test("a date counts as now; markers of deleted versions and unfinished uploads are no objects", () => {
  const rule = {
    Prefix: "",
    Status: "Enabled",
    Expiration: { CreatedBeforeDate: "2026-01-01T00:00:00.000Z" },
  };
  expect(toLifecycleRules({ Rule: rule })).toMatchObject([{ effect: "deletes", days: 0 }]);
  const others = {
    Status: "Enabled",
    Expiration: { ExpiredObjectDeleteMarker: "true" },
    AbortMultipartUpload: { Days: "1" },
  };
  expect(toLifecycleRules({ Rule: others })).toEqual([]);
  expect(toLifecycleRules({})).toEqual([]);
  expect(toLifecycleRules("")).toEqual([]);
});

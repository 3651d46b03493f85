import { expect, test } from "vitest";
import { NO_FIELDS, planWish, wrongFields } from "./plan-wish";

test("rates are typed in MB, with point or comma, the log's a minute", () => {
  const wish = planWish(5e9, { ...NO_FIELDS, upload: "12.5", restore: " 20 ", growth: "6,0" });
  expect(wish).toEqual({
    databaseBytes: "5000000000",
    upload: "12500000",
    restore: "20000000",
    log_growth: "100000",
  });
});

test("a cutover is typed in the viewer's zone and asked for in UTC", () => {
  const { cutoverAt } = planWish(1, { ...NO_FIELDS, cutover: "2026-06-14T22:30" });
  expect(cutoverAt).toBe(new Date(2026, 5, 14, 22, 30).toISOString());
});

test("what is no rate is said and not asked for", () => {
  const fields = { cutover: "soon", upload: "fast", restore: "0", growth: "-1" };
  expect(wrongFields(fields)).toEqual(["cutover", "upload", "restore", "growth"]);
  expect(planWish(1, fields)).toEqual({ databaseBytes: "1" });
  expect(wrongFields(NO_FIELDS)).toEqual([]);
});

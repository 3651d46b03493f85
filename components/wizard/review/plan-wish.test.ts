import { expect, test } from "vitest";
import { NO_WISHES, PlanWishes } from "@/lib/contracts/plan-wishes";
import { fieldsOf, wishesOf, wrongFields } from "./plan-wish";

const NO_FIELDS = fieldsOf(NO_WISHES);

test("rates are typed in MB, with point or comma, the log's a minute; the size in GB", () => {
  const wishes = wishesOf({ ...NO_FIELDS, upload: "12.5", restore: " 20 ", growth: "6,0", size: "5" });
  expect(wishes.rates).toEqual({ upload: 12_500_000, restore: 20_000_000, log_growth: 100_000 });
  expect(wishes.databaseBytes).toBe(5_000_000_000);
});

test("instants are typed in the viewer's zone and kept in UTC", () => {
  const { cutoverAt, startAt } = wishesOf({
    ...NO_FIELDS,
    cutover: "2026-06-14T22:30",
    start: "2026-06-13T00:00",
  });
  expect(cutoverAt).toBe(new Date(2026, 5, 14, 22, 30).toISOString());
  expect(startAt).toBe(new Date(2026, 5, 13).toISOString());
});

test("a part that takes no time at all is something that is known", () => {
  const parts = {
    rounds: { minutes: "0", notBefore: "" },
    restore: { minutes: "1140", notBefore: "2026-06-14T03:00" },
    open: { minutes: "", notBefore: "" },
  };
  expect(wishesOf({ ...NO_FIELDS, parts }).parts).toEqual({
    rounds: { minutes: 0, notBefore: null },
    restore: { minutes: 1140, notBefore: new Date(2026, 5, 14, 3).toISOString() },
  });
});

test("what a draft kept stands in the fields again", () => {
  const fields = {
    ...NO_FIELDS,
    cutover: "2026-06-14T22:30",
    upload: "12.5",
    growth: "6",
    size: "1368",
    parts: { restore: { minutes: "1140", notBefore: "2026-06-14T03:00" } },
  };
  const wishes = wishesOf(fields);
  expect(PlanWishes.parse(wishes)).toEqual(wishes);
  expect(fieldsOf(wishes)).toEqual(fields);
});

test("what is no rate is said and not kept", () => {
  const fields = {
    ...NO_FIELDS,
    cutover: "soon",
    upload: "fast",
    restore: "0",
    growth: "-1",
    parts: { open: { minutes: "long", notBefore: "" } },
  };
  expect(wrongFields(fields)).toEqual(["cutover", "upload", "restore", "growth", "open"]);
  expect(wishesOf(fields)).toEqual(NO_WISHES);
  expect(wrongFields(NO_FIELDS)).toEqual([]);
});

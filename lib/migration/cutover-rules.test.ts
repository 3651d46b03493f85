import { expect, test } from "vitest";
import { firstOutside, freezeAt, mayApprove } from "./cutover-rules";

const freeze = (
  name: string,
  from: string,
  until: string,
): { name: string; from: string; until: string } => ({
  ...{ name, from: `2026-12-${from}:00:00.000Z`, until: `2026-12-${until}:00:00.000Z` },
});
const at = (text: string) => Date.parse(`2026-12-${text}:00:00.000Z`);
const YEAR_END = freeze("year end", "20T00", "28T00");
const AUDIT = freeze("audit", "27T12", "30T00");
const NEXT = freeze("next", "30T00", "31T00");

test.each([
  ["19T23", null],
  ["20T00", "year end"],
  ["27T11", "year end"],
  ["27T12", "audit"],
  ["28T00", "audit"],
  ["30T00", null],
])("at %s: %s, where they overlap the one that ends last", (instant, name) => {
  expect(freezeAt([AUDIT, YEAR_END], at(instant))?.name ?? null).toBe(name);
});

test("what begins in one begins behind it, and behind those that follow without a gap", () => {
  expect(firstOutside([YEAR_END], at("21T00"))).toBe(at("28T00"));
  expect(firstOutside([NEXT, YEAR_END, AUDIT], at("21T00"))).toBe(at("31T00"));
  expect(firstOutside([YEAR_END, AUDIT], at("30T00"))).toBe(at("30T00"));
});

test("who asked cannot approve", () => {
  expect(mayApprove({ byId: "ada" }, { id: "ada" })).toBe(false);
  expect(mayApprove({ byId: "ada" }, { id: "bob" })).toBe(true);
});

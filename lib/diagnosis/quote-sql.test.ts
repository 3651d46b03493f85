import { expect, test } from "vitest";
import { quoteIdentifier } from "./quote-sql";

test.each([
  ["Sales", "[Sales]"],
  ["My DB", "[My DB]"],
  ["a]b", "[a]]b]"],
  ["x]; DROP DATABASE y --", "[x]]; DROP DATABASE y --]"],
  ["O'Brien", "[O'Brien]"],
  ["销售", "[销售]"],
])("%s becomes %s", (name, quoted) => {
  expect(quoteIdentifier(name)).toBe(quoted);
});

test.each([[""], ["x".repeat(129)], ["a\0b"]])("refuses %j", (name) => {
  expect(() => quoteIdentifier(name)).toThrow(RangeError);
});

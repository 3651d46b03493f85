import { expect, test } from "vitest";
import { quoteIdentifier, requireScriptName } from "./quote-sql";

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

test.each([
  "a\nGO\nDROP DATABASE y",
  "a\r:!!del *",
  "a\u2028GO",
  "a\u0085GO",
  "a\0b",
  "$(SQLCMDPASSWORD)",
  "abc\u202Edlo",
])("no script carries %j", (name) => {
  expect(() => requireScriptName(name)).toThrow(RangeError);
});

test.each(["Sales GO", ":!!", "a]b", "O'Brien", "销售 $ (1)"])(
  "%j stands in one line and can be quoted",
  (name) => {
    expect(() => requireScriptName(name)).not.toThrow();
  },
);

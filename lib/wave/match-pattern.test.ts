import { expect, test } from "vitest";
import { type Choice, matchesPattern, whyLeft } from "./match-pattern";

test.each([
  ["SalesDB", "sales*", true],
  ["SalesDB", "*db", true],
  ["SalesDB", "s?lesdb", true],
  ["SalesDB", "s?les", false],
  ["SalesDB", "salesdb", true],
  ["SalesDB", "", false],
  ["", "*", true],
  ["a", "?*?", false],
  ["ab", "?*?", true],
  ["aXbXc", "a*x*c", true],
  ["GL_2026 [old]", "gl_*[old]", true],
  ["a.b", "a?b", true],
  ["a\\*", "a\\*", true],
])("%s matches %s: %s", (name, pattern, matches) => {
  expect(matchesPattern(name, pattern)).toBe(matches);
});

test("a pattern with many stars is tried in a time that does not explode", () => {
  expect(matchesPattern(`${"a".repeat(120)}b`, `${"*a".repeat(60)}*c`)).toBe(false);
});

const GB = 1024 ** 3;
const any: Choice = { patterns: "", leastBytes: null, mostBytes: null };
const online = { name: "ERP_Core", state: "ONLINE", dataBytes: 640 * GB };

test.each([
  ["nothing asked", online, any, null],
  ["named", online, { ...any, patterns: "sales*, erp_*" }, null],
  ["not named", online, { ...any, patterns: "sales*" }, "not_named"],
  ["between blanks", online, { ...any, patterns: "sales* erp*" }, null],
  ["by lines, with a blank in a name", { ...online, name: "My DB" }, { ...any, patterns: "x\nMy DB" }, null],
  ["excluded", online, { ...any, patterns: "erp*, !*core" }, "excluded"],
  ["only exclusions leave the rest", online, { ...any, patterns: "!*_old" }, null],
  ["a lone ! excludes nothing", online, { ...any, patterns: "!" }, null],
  ["too small", online, { ...any, leastBytes: 641 * GB }, "too_small"],
  ["at the bound", online, { ...any, leastBytes: 640 * GB, mostBytes: 640 * GB }, null],
  ["too large", online, { ...any, mostBytes: 639 * GB }, "too_large"],
  [
    "of unknown size, with a bound",
    { ...online, dataBytes: null },
    { ...any, mostBytes: GB },
    "size_unknown",
  ],
  ["of unknown size, without one", { ...online, dataBytes: null }, any, null],
  ["restoring", { ...online, state: "RESTORING" }, any, "not_online"],
])("%s", (_, database, choice, why) => {
  expect(whyLeft(database, choice)).toBe(why);
});

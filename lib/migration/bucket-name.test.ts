import { expect, test } from "vitest";
import { bucketNameProblem } from "./bucket-name";

test.each([
  ["sales-backups-1", null],
  ["abc", null],
  ["a".repeat(63), null],
  ["ab", "length"],
  ["a".repeat(64), "length"],
  ["", "length"],
  ["Sales", "characters"],
  ["sales_backups", "characters"],
  ["备份", "characters"],
  ["-sales", "ends"],
  ["sales-", "ends"],
])("%s", (name, problem) => {
  expect(bucketNameProblem(name)).toBe(problem);
});

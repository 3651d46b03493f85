import { expect, test } from "vitest";
import { statementNames } from "./statement-names";

test("a text that comes again and again has one name of its own, from some time on", () => {
  const nameOf = statementNames();
  const names = Array.from({ length: 9 }, () => [nameOf("SELECT $1", 1), nameOf("SELECT $2", 1)]);
  expect(names.slice(0, 4)).toEqual(Array(4).fill(["", ""]));
  expect(new Set(names.slice(4).map(String))).toEqual(new Set(["c1,c2"]));
});

test("one without parameters, and one that is another each time, has none", () => {
  const nameOf = statementNames();
  for (let n = 0; n < 9; n += 1) expect(nameOf("BEGIN", 0)).toBe("");
  for (let n = 0; n < 9_000; n += 1) expect(nameOf(`SELECT $1 -- ${n}`, 1)).toBe("");
});

test("names come to an end: what a connection keeps does not grow", () => {
  const nameOf = statementNames();
  const named = new Set<string>();
  for (let n = 0; n < 1_000; n += 1)
    for (let again = 0; again < 5; again += 1) named.add(nameOf(`SELECT ${n}, $1`, 1));
  named.delete("");
  expect(named.size).toBe(200);
  expect(nameOf("SELECT 0, $1", 1)).toBe("c1");
});

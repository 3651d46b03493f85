import { expect, test } from "vitest";
import { shareImports } from "./share-imports";
import { shareLine } from "./share-line";

const MiB = 1024 ** 2;

test("a line without a limit gives none", () => {
  expect(shareLine(null, [{ id: "a", what: "base" }])).toEqual(new Map([["a", null]]));
  expect(shareLine(MiB, [])).toEqual(new Map());
});

test("logs before fulls, a database that is down before both, and no byte more than the line has", () => {
  const shares = shareLine(21 * MiB, [
    { id: "base", what: "base" },
    { id: "log", what: "log" },
    { id: "down", what: "cutover" },
  ]);
  expect(shares).toEqual(
    new Map([
      ["base", MiB],
      ["log", 4 * MiB],
      ["down", 16 * MiB],
    ]),
  );
});

test("nobody gets less than keeps a connection alive, and the rest have what is left", () => {
  const shares = shareLine(300_000, [
    { id: "base", what: "base" },
    { id: "log", what: "log" },
    { id: "down", what: "cutover" },
  ]);
  expect(shares.get("base")).toBe(65_536);
  expect(shares.get("log")).toBe(65_536);
  expect(shares.get("down")).toBe(300_000 - 2 * 65_536);
  expect(
    shareLine(65_536, [
      { id: "a", what: "base" },
      { id: "b", what: "base" },
    ]).get("b"),
  ).toBe(65_536);
});

const importing = (id: string, ofDatabase: number, ofInstance: number, instanceId = "rm-1") => ({
  id,
  instanceId,
  used: { ofDatabase, ofInstance, promised: 0 },
});

test("a database keeps four of its twenty", () => {
  expect(shareImports([importing("a", 3, 3)]).get("a")).toBe(13);
  expect(shareImports([importing("a", 16, 16)]).get("a")).toBe(0);
  expect(shareImports([importing("a", 19, 19)]).get("a")).toBe(0);
});

test("of an instance's 500 every member keeps four, and the rest is shared evenly", () => {
  const forty = Array.from({ length: 40 }, (_, at) => importing(`m${at}`, 2, 80));
  // 500 - 80 - 160 for forty.
  expect([...new Set(shareImports(forty).values())]).toEqual([6]);
  const late = forty.map((one) => ({ ...one, used: { ofDatabase: 8, ofInstance: 330, promised: 0 } }));
  expect([...new Set(shareImports(late).values())]).toEqual([0]);
});

test("another instance's members do not count", () => {
  const shares = shareImports([importing("a", 0, 490), importing("b", 0, 0, "rm-2")]);
  expect(shares.get("a")).toBe(6);
  expect(shares.get("b")).toBe(16);
});

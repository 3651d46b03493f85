import { describe, expect, test } from "vitest";
import { shareImports } from "./share-imports";
import { shareLine, shareOfLine } from "./share-line";

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

const nobody = () => 0;
const importing = (id: string, ofDatabase: number, ofInstance: number, instanceId = "rm-1") => ({
  id,
  instanceId,
  used: { ofDatabase, ofInstance, promised: 0 },
});

test("a database keeps four of its twenty", () => {
  expect(shareImports([importing("a", 3, 3)], nobody).get("a")).toBe(13);
  expect(shareImports([importing("a", 16, 16)], nobody).get("a")).toBe(0);
  expect(shareImports([importing("a", 19, 19)], nobody).get("a")).toBe(0);
});

test("of an instance's 500 every member keeps four, and the rest is shared evenly", () => {
  const forty = Array.from({ length: 40 }, (_, at) => importing(`m${at}`, 2, 80));
  // 500 - 80 - 160 for forty.
  expect([...new Set(shareImports(forty, nobody).values())]).toEqual([6]);
  const late = forty.map((one) => ({ ...one, used: { ofDatabase: 8, ofInstance: 330, promised: 0 } }));
  expect([...new Set(shareImports(late, nobody).values())]).toEqual([0]);
});

test("another instance's members do not count", () => {
  const shares = shareImports([importing("a", 0, 490), importing("b", 0, 0, "rm-2")], nobody);
  expect(shares.get("a")).toBe(6);
  expect(shares.get("b")).toBe(16);
});

test("what others keep of an instance is not shared", () => {
  // 500 - 100 used, four for each of ten, of whom eight are others; the rest by ten.
  const two = [importing("a", 0, 100), importing("b", 0, 100)];
  expect([...shareImports(two, () => 8).values()]).toEqual([16, 16]);
  expect([...shareImports([importing("a", 0, 300)], () => 49).values()]).toEqual([0]);
});

describe("a line that others send by as well", () => {
  const wave = (limit: number | null, ...uploads: ("base" | "log" | "cutover")[]) => ({
    uploads,
    most: limit,
    line: limit,
  });
  const alone = (limit: number | null, what: "base" | "log" | "cutover") => ({
    uploads: [what],
    most: limit,
    line: null,
  });

  test("is a wave's own while nobody else sends, and without a limit nobody shares", () => {
    expect(shareOfLine(100, ["base"], [])).toBe(100);
    expect(shareOfLine(null, ["base"], [wave(100, "base")])).toBeNull();
    expect(shareOfLine(100, [], [wave(100, "base")])).toBe(100);
  });

  test("two waves that say the same of it have it by halves, by weight of what they send", () => {
    expect(shareOfLine(100, ["base"], [wave(100, "base")])).toBe(50);
    expect(shareOfLine(100, ["base"], [wave(100, "log")])).toBe(20);
    expect(shareOfLine(100, ["log"], [wave(100, "base")])).toBe(80);
  });

  test("nobody has more than its own limit, and what one does not use is the other's", () => {
    expect(shareOfLine(100, ["base"], [wave(20, "base")])).toBe(80);
    expect(shareOfLine(20, ["base"], [wave(100, "base")])).toBe(20);
  });

  test("a migration of its own has its part, its limit if that is less, and says nothing of the line", () => {
    expect(shareOfLine(90, ["base", "base"], [alone(null, "base")])).toBe(60);
    expect(shareOfLine(90, ["base", "base"], [alone(10, "base")])).toBe(80);
    expect(shareOfLine(90, ["base"], [alone(1_000, "base")])).toBe(45);
  });
});

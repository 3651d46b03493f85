import { describe, expect, it } from "vitest";
import type { BackupFileView } from "@/lib/contracts/migration";
import { fileOf } from "../migration-view-fixture";
import { type ChainEntry, chainOrder } from "./chain-order";
import { blocksBetween, layoutLane, overviewCells } from "./lane-layout";
import { destination } from "./use-chain-selection";

const file = (
  id: string,
  type: BackupFileView["type"],
  lsns: readonly [first: number, last: number],
  state: BackupFileView["state"] = "imported",
): BackupFileView =>
  fileOf({ id, name: id, objectKey: id, state, type, firstLsn: String(lsns[0]), lastLsn: String(lsns[1]) });

const many = (count: number): ChainEntry[] => {
  const logs = Array.from({ length: count }, (_, i) => file(`log${i}`, "log", [i + 5, i + 6]));
  const late = file("late", "log", [count + 9, count + 10], "refused");
  return chainOrder([file("full", "full", [1, 5]), ...logs, late], String(count + 5));
};

describe("layoutLane", () => {
  it("lets blocks of the chain touch, and sets what is not used below them", () => {
    const entries = chainOrder(
      [
        file("full", "full", [1, 5]),
        file("copy", "log", [4, 7], "skipped"),
        file("copy2", "log", [4, 7], "skipped"),
        file("log", "log", [4, 8]),
      ],
      "8",
    );
    const { blocks } = layoutLane(entries);
    const [full, log] = blocks[0];
    expect(full && log && log.x === full.x + full.width).toBe(true);
    const [first, second] = blocks[1];
    expect(first && second && second.x >= first.x + first.width).toBe(true);
    expect(blocks[1].every(({ track }) => track === 1)).toBe(true);
  });

  it("draws the bracket from a differential back to its full", () => {
    const entries = chainOrder(
      [file("full", "full", [1, 5]), file("d1", "differential", [6, 9]), file("d2", "differential", [6, 19])],
      "19",
    );
    const { brackets, blocks } = layoutLane(entries);
    expect(brackets.map((one) => one.differential.entry.key)).toEqual(["d2"]);
    expect(brackets[0]?.fromX).toBe(0);
    expect(brackets[0]?.toX).toBe((blocks[0].at(-1)?.x ?? 0) + (blocks[0].at(-1)?.width ?? 0));
  });

  it("finds what is on screen among ten thousand without walking them", () => {
    const layout = layoutLane(many(10_000));
    expect(layout.narrow).toBe(true);
    const [chain] = layout.blocks;
    const seen = blocksBetween(chain, 200_000, 201_000);
    const slow = chain.filter(({ x, width }) => x + width > 200_000 && x < 201_000);
    expect(seen).toEqual(slow);
    expect(seen.length).toBeLessThan(30);
  });

  it("keeps the gap visible in the map of the whole", () => {
    const cells = overviewCells(layoutLane(many(10_000)), 400);
    expect(cells).toContain("gap");
    expect(cells[0]).toBe("path");
  });
});

describe("destination", () => {
  it.each([
    ["ArrowRight", 1, 2],
    ["ArrowDown", 9, 9],
    ["ArrowLeft", 0, 0],
    ["Home", 5, 0],
    ["End", 5, 9],
    ["PageDown", 5, 9],
    ["x", 5, null],
  ] as const)("%s from %i", (key, from, to) => {
    expect(destination(key, from, 10)).toBe(to);
  });
});

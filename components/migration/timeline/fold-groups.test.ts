import { describe, expect, it } from "vitest";
import { foldGroups } from "./fold-groups";
import type { StepGroup } from "./join-groups";

const log = (number: number, over: Partial<StepGroup> = {}): StepGroup => ({
  key: `round:${number}`,
  kind: "file",
  file: null,
  backup: "log",
  number,
  title: "log",
  ended: true,
  ofCutover: false,
  final: false,
  steps: [],
  status: "succeeded",
  startedAt: null,
  finishedAt: null,
  ...over,
});
const shape = (groups: StepGroup[]) =>
  foldGroups(groups).map((item) => (item.type === "fold" ? `${item.groups.length} folded` : item.group.key));

describe("foldGroups", () => {
  it("leaves ten alike as they are", () => {
    expect(shape(Array.from({ length: 10 }, (_, index) => log(index)))).toHaveLength(10);
  });

  it("folds the middle of more with the exact count", () => {
    expect(shape(Array.from({ length: 12 }, (_, index) => log(index)))).toEqual([
      "round:0",
      "round:1",
      "7 folded",
      "round:9",
      "round:10",
      "round:11",
    ]);
  });

  it("never folds a failure, a differential or the final log away", () => {
    const groups = Array.from({ length: 23 }, (_, index) =>
      log(index, index === 11 ? { status: "failed" } : {}),
    );
    expect(shape(groups)).toContain("round:11");
    const final = [...Array.from({ length: 11 }, (_, index) => log(index)), log(99, { final: true })];
    expect(shape(final).at(-1)).toBe("round:99");
  });
});

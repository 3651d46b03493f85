import { expect, test } from "vitest";
import { OfferedBefore } from "./offered-before";

const step = (id: string, dueMs: number | null = null) => ({
  id,
  kind: "await_import",
  dueAt: dueMs === null ? null : new Date(dueMs),
});
const ids = (steps: { id: string }[]) => steps.map(({ id }) => id);

test("what was offered a moment ago is not offered again, but for another time of its, or once it was run", () => {
  const offered = new OfferedBefore();
  expect(ids(offered.fresh([step("a"), step("b", 5)], 0))).toEqual(["a", "b"]);
  expect(ids(offered.fresh([step("a"), step("b", 5), step("c")], 1_999))).toEqual(["c"]);
  expect(ids(offered.fresh([step("b", 6)], 1_999))).toEqual(["b"]);
  offered.forget("c");
  expect(ids(offered.fresh([step("c")], 1_999))).toEqual(["c"]);
});

test("a job that may be lost is offered again", () => {
  const offered = new OfferedBefore();
  offered.fresh([step("a")], 0);
  expect(ids(offered.fresh([step("a")], 2_000))).toEqual(["a"]);
  expect(ids(offered.fresh([step("a")], 3_999))).toEqual([]);
});

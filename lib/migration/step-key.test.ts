import { expect, test } from "vitest";
import { roundOfKey, stepKeyOf } from "./step-key";

test("a step of a round is told by its kind and round, which can be read back", () => {
  const key = stepKeyOf({ kind: "upload", round: 12 }, 40);
  expect(key).toBe("upload:12");
  expect(roundOfKey(key)).toBe(12);
});

test("a step of the cutover may come again; the preflight does not", () => {
  expect(stepKeyOf({ kind: "open", round: null }, 17)).toBe("open#17");
  expect(stepKeyOf({ kind: "preflight", round: null }, 1)).toBe("preflight");
  expect(["open#17", "preflight"].map(roundOfKey)).toEqual([null, null]);
});

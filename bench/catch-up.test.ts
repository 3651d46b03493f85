import { expect, test } from "vitest";
import { benchCatchUp } from "./catch-up";

test("in each case the log is small in at most six tenths of the time, by no more imports", () => {
  const figures = benchCatchUp();
  expect(figures).toHaveLength(5);
  for (const { ratio, imports, sequentialImports } of figures) {
    expect(ratio).toBeLessThanOrEqual(0.6);
    expect(imports).toBeLessThanOrEqual(sequentialImports);
  }
});

import { describe, expect, it } from "vitest";
import { sortPlaces } from "./sort-places";

describe("sortPlaces", () => {
  it("sorts by number, and by the comparison where numbers are equal", () => {
    const numbers = Float64Array.from([3e24, 0, 7, 3e24, 4e16, 7, 0.5, 7]);
    const places = sortPlaces(numbers, (a, b) => b - a);
    expect([...places]).toEqual([1, 6, 7, 5, 2, 4, 3, 0]);
    expect([...sortPlaces(new Float64Array(0), () => 0)]).toEqual([]);
  });

  it.each([3_000, 20_000])("agrees with sorting %i by comparison", (length) => {
    const numbers = Float64Array.from({ length }, (_, i) => ((i * 7_919) % 1_009) * 10 ** (i % 25));
    const expected = Array.from(numbers, (_, place) => place).sort(
      (a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0) || a - b,
    );
    expect([...sortPlaces(numbers, (a, b) => a - b)]).toEqual(expected);
  });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { quantileOf, rangeOf } from "./quantiles";

const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true }));

test("a quantile is what lies there in their order", () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), (values) => {
      const sorted = [...values].sort((one, other) => one - other);
      for (const [at, expected] of sorted.entries()) {
        const share = values.length === 1 ? 0 : at / (values.length - 1);
        // The share may fall a hair beside its place: between two neighbours then.
        const neighbours = [sorted[at - 1] ?? expected, expected, sorted[at + 1] ?? expected];
        const found = quantileOf(values, share);
        expect(found).toBeGreaterThanOrEqual(Math.min(...neighbours));
        expect(found).toBeLessThanOrEqual(Math.max(...neighbours));
      }
    }),
  );
});

test("between two values it lies in proportion", () => {
  expect(quantileOf([30, 10, 20], 0.75)).toBe(25);
  expect(rangeOf([4, 1, 3, 2, 5, 6, 7, 8, 9, 10, 11])).toEqual({ p50: 6, p90: 10 });
});

test("what never comes makes the part that it reaches into infinite", () => {
  const never = Number.POSITIVE_INFINITY;
  expect(rangeOf([never, 1, 2, 3, 4])).toEqual({ p50: 3, p90: never });
});

test("values that are all the same, and the list that was asked about, stay as they are", () => {
  const values = [5, 5, 5, 5];
  expect(rangeOf(values)).toEqual({ p50: 5, p90: 5 });
  const mixed = [3, 1, 2];
  quantileOf(mixed, 0.5);
  expect(mixed).toEqual([3, 1, 2]);
});

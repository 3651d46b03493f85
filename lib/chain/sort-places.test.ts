import { describe, expect, it } from "vitest";
import { sortByText, sortPlaces } from "./sort-places";

describe("sortPlaces", () => {
  const downwards = (places: Uint32Array) => void places.sort((a, b) => b - a);

  it("sorts by number, and leaves what is equal to the caller", () => {
    const numbers = Float64Array.from([3e24, 0, 7, 3e24, 4e16, 7, 0.5, 7]);
    expect([...sortPlaces(numbers, downwards)]).toEqual([1, 6, 7, 5, 2, 4, 3, 0]);
    expect([...sortPlaces(new Float64Array(0), downwards)]).toEqual([]);
  });

  it.each([3_000, 20_000])("agrees with sorting %i by comparison", (length) => {
    const numbers = Float64Array.from({ length }, (_, i) => ((i * 7_919) % 1_009) * 10 ** (i % 25));
    const expected = Array.from(numbers, (_, place) => place).sort(
      (a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0) || b - a,
    );
    expect([...sortPlaces(numbers, downwards)]).toEqual(expected);
  });
});

describe("sortByText", () => {
  const hostile = ["", "a", "aa", "a\u0000", "a\uffff", "aaaa", "aaab", "aaaaaaaaaaaab", "\u0000", "\uffff"];

  it.each([
    ["few", 50, (i: number) => hostile[i % hostile.length] ?? ""],
    ["many that begin alike", 9_000, (i: number) => `log_backup_${(i * 7_919) % 9_001}.trn`],
    ["many, some equal", 20_000, (i: number) => `${hostile[i % hostile.length]}${i % 977}`],
    ["many that differ late", 9_000, (i: number) => `${"x".repeat(i % 40)}${i}`],
    ["many that are all equal", 9_000, () => "same"],
    ["many that are equal among others", 18_000, (i: number) => (i % 2 === 0 ? `aa${i}` : "aa")],
    ["many that begin alike for long", 9_000, (i: number) => "x".repeat(i % 999) + (i % 7)],
    ["many empty ones", 9_000, () => ""],
  ])("agrees with plain code unit order: %s", (_, length, textOf) => {
    const texts = Array.from({ length }, (_, i) => textOf(i));
    const places = Uint32Array.from(texts, (_, place) => place);
    sortByText(places, (place) => texts[place] ?? "");
    expect(Array.from(places, (place) => texts[place])).toEqual([...texts].sort());
    expect(new Set(places).size).toBe(length);
  });
});

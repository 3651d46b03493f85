import { describe, expect, it } from "vitest";
import { isThrottled, parseScenarioName } from "./scenario";

describe("parseScenarioName", () => {
  it("names the scenarios that there are when it is given another", () => {
    expect(parseScenarioName("answer-lost")).toBe("answer-lost");
    expect(() => parseScenarioName("constructor")).toThrow(/clean, gap, full-instead-of-log/);
  });
});

describe("isThrottled", () => {
  it("refuses the first call and every fourth after it, or none", () => {
    const counts = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(counts.filter((count) => isThrottled({ first: 1, every: 4 }, count))).toEqual([1, 5, 9]);
    expect(counts.filter((count) => isThrottled(null, count))).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { LiveScenario } from "./live-scenario";
import { composeScenario, describeScenarios, isHit, parseScenarioNames } from "./scenario";

describe("parseScenarioNames", () => {
  it("takes one or several, and names those that there are when it is given another", () => {
    expect(parseScenarioNames("answer-lost")).toEqual(["answer-lost"]);
    expect(parseScenarioNames("tde, ia-bucket")).toEqual(["tde", "ia-bucket"]);
    expect(() => parseScenarioNames("constructor")).toThrow(/clean, gap, full-instead-of-log/);
  });
});

describe("describeScenarios", () => {
  it("has a line for each: its name, then what happens in it", () => {
    const lines = describeScenarios().split("\n");
    expect(lines).toContainEqual(expect.stringMatching(/^tde +the source databases are encrypted$/));
    for (const line of lines) expect(() => parseScenarioNames(line.split(" ")[0] ?? "")).not.toThrow();
  });
});

describe("composeScenario", () => {
  it("plays several at once", () => {
    expect(composeScenario(["tde", "ia-bucket"])).toMatchObject({
      isSourceEncrypted: true,
      bucketStorageClass: "IA",
      bucketEncryption: null,
    });
  });
});

describe("isHit", () => {
  it("hits the first call and every fourth after it, or none", () => {
    const counts = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(counts.filter((count) => isHit({ first: 1, every: 4 }, count))).toEqual([1, 5, 9]);
    expect(counts.filter((count) => isHit(null, count))).toEqual([]);
  });
});

describe("LiveScenario", () => {
  it("tells followers what there was before: at the last start of the folder first, then at each change", () => {
    const live = new LiveScenario("tde", "ia-bucket,of-an-older-release");
    const seen: unknown[] = [];
    live.follow((current, before) =>
      seen.push([before.bucketStorageClass, current.isSourceEncrypted, current.bucketStorageClass]),
    );
    live.change("ia-bucket,tde");
    expect(seen).toEqual([
      ["IA", true, null],
      [null, true, "IA"],
    ]);
    expect(() => live.change("sunshine")).toThrow(RangeError);
    expect(live.names).toBe("ia-bucket,tde");
    expect(seen).toHaveLength(2);
  });
});

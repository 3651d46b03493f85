import { describe, expect, it } from "vitest";
import { isHit } from "./call-pattern";
import { LiveScenario } from "./live-scenario";
import { composeScenario, describeScenarios, parseScenarioNames } from "./scenario";

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
  const hits = (pattern: Parameters<typeof isHit>[0], until: number) =>
    Array.from({ length: until }, (_, index) => index + 1).filter((count) => isHit(pattern, count));

  it("hits the first call, then one of every four, the same in each run, or none", () => {
    const found = hits({ first: 3, every: 4 }, 402);
    expect(found[0]).toBe(3);
    expect(found.map((count) => Math.floor((count - 3) / 4))).toEqual(found.map((_, block) => block));
    expect(found).toHaveLength(100);
    expect(hits({ first: 3, every: 4 }, 402)).toEqual(found);
    expect(hits(null, 9)).toEqual([]);
  });

  it("keeps no time with a caller whose rounds are as long", () => {
    const places = hits({ first: 1, every: 5 }, 500).map((count) => count % 5);
    for (const place of [0, 1, 2, 3, 4])
      expect(places.filter((each) => each === place).length).toBeGreaterThan(9);
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

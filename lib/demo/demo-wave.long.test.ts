import { expect, test } from "vitest";
import { TIME_FACTOR } from "./demo-fixture";
import { playWaveDemo } from "./play-demo";

test("wave: of twenty databases one can't begin, one's chain is broken, one is taken back, and the others are online", async () => {
  const report = await playWaveDemo({ json: true, scenario: "wave", timeFactor: TIME_FACTOR });
  expect(report).toMatchObject({
    status: "ended",
    databases: 20,
    online: 17,
    takenBack: 1,
    stopped: 2,
    asTold: true,
  });
  const ends = new Map(report.ends.map((end) => [end.database, end]));
  expect(ends.get("LegacyCRM")).toMatchObject({ end: "stopped", phase: "preflight", files: 0 });
  expect(ends.get("Inventory")).toMatchObject({ end: "stopped", downtimeSeconds: null });
  expect(ends.get("HRDB")).toMatchObject({ end: "taken-back", why: "deadline" });
  for (const { end, downtimeSeconds } of report.ends)
    if (end === "online") expect(downtimeSeconds).toBeGreaterThan(0);
});

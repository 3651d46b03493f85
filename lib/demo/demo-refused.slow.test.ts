import { expect, test } from "vitest";
import { demo, expectOnline } from "./demo-fixture";

test("gap: the log after a foreign log backup is refused before anything is submitted, and bridged", async () => {
  const report = await demo({ scenario: "gap" });
  expectOnline(report);
  const [refused] = report.refused;
  expect(refused).toMatchObject({ type: "log", kind: "gap", importedTimes: 0 });
  expect(refused?.neededLsn).toMatch(/^\d+$/);
  expect(refused?.message).toContain(refused?.neededLsn ?? "?");
});

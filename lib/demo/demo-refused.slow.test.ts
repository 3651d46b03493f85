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

test("wrong-order: a log that arrives before its predecessor waits for it, and each is imported once", async () => {
  const report = await demo({ scenario: "wrong-order" });
  expectOnline(report);
  expect(report.refused).toMatchObject([{ type: "log", kind: "gap", importedTimes: 1 }]);
  // Listed as they appeared: the hasty one first, then the one it waited for.
  const [hasty, late, next] = report.files.filter((file) => file.type === "log");
  expect(hasty?.name).toBe(report.refused[0]?.name);
  expect(late?.lastLsn).toBe(hasty?.firstLsn);
  expect(next?.firstLsn).toBe(hasty?.lastLsn);
});

import { expect, test } from "vitest";
import { demo, expectOnline, typesOf } from "./demo-fixture";

test("foreign-full: a differential of somebody else's base is refused, and the logs reach across", async () => {
  const report = await demo({ scenario: "foreign-full" });
  expectOnline(report);
  expect(report.refused).toMatchObject([{ type: "differential", kind: "wrong-base", importedTimes: 0 }]);
  expect(typesOf(report)).toEqual(["full", "log", "log", "tail"]);
});

test("source-encrypted: RDS lacks the certificate, which is said, and the source stays as it was", async () => {
  const report = await demo({ scenario: "source-encrypted" });
  expect(report).toMatchObject({ status: "failed", files: [], imports: 1, downtimeSeconds: null });
  expect(report).toMatchObject({ failure: expect.stringContaining("Cannot find server certificate") });
  expect(report).toMatchObject({ source: { state: "ONLINE", userAccess: "MULTI_USER", writable: true } });
});

test("target-2008r2: an instance that takes only what it opens refuses the first file, and the source stays as it was", async () => {
  const report = await demo({ scenario: "target-2008r2" });
  expect(report).toMatchObject({ status: "failed", files: [], downtimeSeconds: null });
  expect(report).toMatchObject({ failure: expect.stringContaining("an UPDF task must not") });
  expect(report).toMatchObject({ source: { state: "ONLINE", userAccess: "MULTI_USER", writable: true } });
});

test("full-instead-of-log: refused by its header, whatever its name", async () => {
  const report = await demo({ scenario: "full-instead-of-log" });
  expectOnline(report);
  expect(report.refused).toMatchObject([{ type: "full", kind: "full-instead-of-log", importedTimes: 0 }]);
  expect(report.refused[0]?.name).toContain("_LOG_");
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

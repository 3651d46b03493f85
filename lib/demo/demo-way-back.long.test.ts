import { expect, test } from "vitest";
import { demo, expectOnline } from "./demo-fixture";

test("way-back, answer-lost: RDS has the backup, and takes no second one", async () => {
  const report = await demo({ scenario: "way-back,answer-lost" });
  expectOnline(report);
  expect(report.wayBack).toMatchObject({ tables: 5, equalTables: 5 });
});

test("way-back: opened and written to, the data comes back to the source, row for row", async () => {
  const report = await demo({ scenario: "way-back" });
  expectOnline(report);
  const { wayBack } = report;
  expect(wayBack).toMatchObject({
    rule: "possible",
    openedEqual: { tables: 5, equal: 5 },
    tables: 5,
    equalTables: 5,
    // Nobody but administrators before the rows were compared.
    access: { restored: "RESTRICTED_USER", opened: "MULTI_USER" },
  });
  expect(wayBack?.sourceRows).toBe(wayBack?.rdsRows);
  expect(wayBack?.downloadedBytes).toBeGreaterThan(1_000_000);
  expect(report.source).toMatchObject({ state: "ONLINE", writable: true });
});

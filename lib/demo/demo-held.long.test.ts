import { expect, test } from "vitest";
import { demo, expectOnline, typesOf } from "./demo-fixture";

test("hold: one more log goes over while the cutover is armed, and it begins when it is released", async () => {
  const report = await demo({ scenario: "hold" });
  expectOnline(report);
  expect(typesOf(report)).toEqual(["full", "differential", "log", "log", "log", "tail"]);
});

test("rehearsal: opened, measured and dropped under its own name; then the migration itself goes its way", async () => {
  const report = await demo({ scenario: "rehearsal" });
  expectOnline(report);
  expect(report.rehearsal).toMatchObject({
    ...{ database: `${report.database}_rehearsal`, blocker: null, dropped: true },
    openSeconds: expect.any(Number),
  });
});

import { expect, test } from "vitest";
import { demo, expectOnline } from "./demo-fixture";

test.each(["token-expired", "busy-instance", "task-suspended"])(
  "%s: waits until it is over, and each file is imported once",
  async (scenario) => {
    expectOnline(await demo({ scenario }));
  },
);

test("task-forgotten: stops with the state of the database, and nothing is handed over again", async () => {
  const report = await demo({ scenario: "task-forgotten" });
  expect(report).toMatchObject({ status: "failed", imports: 1 });
  // RDS may not list the database yet, or any more.
  expect(report.failure).toMatch(/^await_import: rds task forgotten, taskId \d+, database (In Recovery|–)$/);
});

test("object-replaced: stops with what was and what is, and nothing is handed over again", async () => {
  const report = await demo({ scenario: "object-replaced" });
  expect(report).toMatchObject({ status: "failed", imports: 3, source: { writable: true } });
  expect(report.failure).toMatch(
    /^await_import: object replaced in restore, .*\bisBytes 4096, wasBytes \d+$/,
  );
  expect(report.failure).toMatch(/ is \S+,.* key \S+,.* was \S+,/);
});

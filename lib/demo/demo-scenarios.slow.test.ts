import { expect, test } from "vitest";
import { command, demo, expectOnline, typesOf } from "./demo-fixture";

test("clean: full, differential, logs and the tail, each imported once", async () => {
  const { code, report } = await command([]);
  expect(code).toBe(0);
  expectOnline(report);
  expect(typesOf(report)).toEqual(["full", "differential", "log", "log", "tail"]);
  const [, ...rounds] = report.files;
  const logs = rounds.filter((file) => file.type === "log");
  for (const [index, log] of logs.entries()) {
    const before = logs[index - 1];
    if (before) expect(log.firstLsn).toBe(before.lastLsn);
  }
});

test("answer-lost: the accepted task is found again, not repeated", async () => {
  expectOnline(await demo({ scenario: "answer-lost" }));
});

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

test("dbcc-errors: online, with errors, and the command says so", async () => {
  const { code, report } = await command(["--scenario", "dbcc-errors"]);
  expect(report).toMatchObject({ status: "online-with-errors", dbcc: { consistencyErrors: "2" } });
  expect(code).toBe(1);
});

import { expect, test } from "vitest";
import { command, expectOnline, typesOf } from "./demo-fixture";

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

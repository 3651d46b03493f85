import { expect, test } from "vitest";
import { command } from "./demo-fixture";

test("dbcc-errors: online, with errors, and the command says so", async () => {
  const { code, report } = await command(["--scenario", "dbcc-errors"]);
  expect(report).toMatchObject({ status: "online-with-errors", dbcc: { consistencyErrors: "2" } });
  expect(code).toBe(1);
});

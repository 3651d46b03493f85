import { expect, test } from "vitest";
import { command, demo, expectOnline } from "./demo-fixture";

test.each(["token-expired"])(
  "%s: waits until it is over, and each file is imported once",
  async (scenario) => {
    expectOnline(await demo({ scenario }));
  },
);

test("dbcc-errors: online, with errors, and the command says so", async () => {
  const { code, report } = await command(["--scenario", "dbcc-errors"]);
  expect(report).toMatchObject({ status: "online-with-errors", dbcc: { consistencyErrors: "2" } });
  expect(code).toBe(1);
});

import { expect, test } from "vitest";
import { command, typesOf } from "./demo-fixture";

test("target-opened-late: the cutover is taken back, the source is as it was, and the command says so", async () => {
  const { code, report } = await command(["--scenario", "target-opened-late"]);
  expect(report).toMatchObject({
    status: "taken-back",
    downtimeSeconds: null,
    source: { state: "ONLINE", userAccess: "MULTI_USER", readOnly: false, writable: true },
  });
  expect(typesOf(report)).not.toContain("tail");
  expect(code).toBe(1);
});

import { expect, test } from "vitest";
import { command } from "./demo-fixture";

test("tde: the command tells that it is blocked by its exit code", async () => {
  const { code, report } = await command(["--scenario", "tde"]);
  expect(report).toMatchObject({ status: "blocked", probe: "source.tde" });
  expect(code).toBe(1);
});

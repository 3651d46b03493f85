import { expect, test } from "vitest";
import { chainferry, firstLine } from "./workers-fixture";

test("a worker without DATABASE_URL says what it needs and ends", async () => {
  const child = chainferry(["worker"], { DATABASE_URL: undefined });
  const ended = new Promise((settle) => child.once("exit", settle));
  expect(await firstLine(child, "stderr")).toContain("DATABASE_URL");
  expect(await ended).toBe(1);
});

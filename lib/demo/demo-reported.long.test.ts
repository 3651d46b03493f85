import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { command, expectOnline, typesOf } from "./demo-fixture";

/** Folders that others reported trouble with; kept outside the repository. */
const FOLDER = "../shared/samples/reported";

describe.runIf(existsSync(FOLDER))("reported folders", () => {
  test("forks: nobody says which timeline is meant, so that nothing is handed over", async () => {
    const { code, report } = await command(["--files", `${FOLDER}/forks`]);
    expect(report).toMatchObject({ status: "blocked", probe: "chain.identity", imports: 0 });
    expect(code).toBe(1);
  });

  test("renamed: one chain under two names, each file handed over once", async () => {
    const { code, report } = await command(["--files", `${FOLDER}/renamed`, "--database", "SalesNew"]);
    expectOnline(report);
    expect(typesOf(report)).toEqual(["full", "log"]);
    expect(code).toBe(0);
  });
});

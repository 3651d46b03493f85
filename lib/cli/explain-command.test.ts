import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { runExplainCommand } from "./explain-command";

let output = "";
beforeEach(() => {
  output = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    output += text.toString();
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

const EXISTS = "The database (库存 2026) is already exist on RDS, please backup and drop it, then try again.";
const FIELDS = ["recognised", "key", "title", "cause", "check", "remedy", "params", "source"];

async function explain(
  texts: string[],
  lang: "en" | "zh-CN",
  stdin = "",
): Promise<Record<string, unknown>[]> {
  expect(await runExplainCommand(texts, { lang, json: true }, Readable.from([stdin]))).toBe(0);
  return JSON.parse(output);
}

describe("chainferry explain", () => {
  test.each([
    ["en", "The database exists on the instance", /^A database named 库存 2026 is already/],
    ["zh-CN", "实例上已有同名数据库", /^实例上已存在名为 库存 2026 的数据库/],
  ] as const)("answers one object a text, in %s", async (lang, title, cause) => {
    const answers = await explain([EXISTS, "the database is fine", "Forbidden.RAM"], lang);
    expect(answers.map((answer) => Object.keys(answer))).toEqual([FIELDS, FIELDS, FIELDS]);
    expect(answers[0]).toMatchObject({
      recognised: true,
      key: "database_exists",
      title,
      cause: expect.stringMatching(cause),
      params: { database: "库存 2026" },
      source: expect.stringMatching(/^https:/),
    });
    expect(answers[1]).toEqual({
      ...Object.fromEntries(FIELDS.map((field) => [field, null])),
      recognised: false,
    });
    expect(answers[2]).toMatchObject({ recognised: true, key: "rds_forbidden" });
  });

  test("says which call of a RAM user failed and what to add to the policy", async () => {
    const [answer] = await explain(['{"Code":"Forbidden.RAM","AuthAction":"rds:CreateMigrateTask"}'], "en");
    expect(answer).toMatchObject({
      title: "The RAM user may not call CreateMigrateTask",
      remedy: expect.stringContaining("Add rds:CreateMigrateTask to a custom policy"),
    });
  });

  test("reads a text a line from stdin, without texts and for -", async () => {
    expect(await explain([], "en", `${EXISTS}\r\n\n  what is that\n`)).toMatchObject([
      { key: "database_exists" },
      { recognised: false },
    ]);
    output = "";
    expect(await explain(["-", "Forbidden.RAM"], "en", "DBCC checkdb failed")).toMatchObject([
      { key: "checkdb_failed" },
      { key: "rds_forbidden" },
    ]);
  });

  test("without --json it is told in sentences", async () => {
    await runExplainCommand([EXISTS, "what is that"], { lang: "en", json: false });
    expect(output).toMatch(/^The database exists on the instance\n {2}A database named/);
    expect(output).toMatch(/not known here.*\n {2}what is that\n$/);
  });
});

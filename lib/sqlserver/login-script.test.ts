import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import {
  buildLoginScript,
  GRANTED_MSDB_TABLES,
  GRANTED_PROCEDURES,
  LOGIN_SCRIPT_TEXTS,
  type LoginScriptInput,
} from "@/lib/diagnosis/build-login-script";
import { createTranslator } from "@/lib/i18n/translator";
import { tokenize } from "@/sandbox/sqlserver/tsql/tokenize";

const folder = path.join(process.cwd(), "lib/sqlserver/sql");
const statements = readdirSync(folder)
  .map((file) => readFileSync(path.join(folder, file), "utf8").replace(/^\/\*[\s\S]*?\*\//, ""))
  .join("\n");
const found = (pattern: RegExp) =>
  [...new Set([...statements.matchAll(pattern)].map((match) => match[1] ?? ""))].sort();

const english = createTranslator("en");
const script = (more: Partial<LoginScriptInput> = {}) =>
  buildLoginScript({
    login: "chainferry",
    databases: ["SalesDB"],
    major: 15,
    extras: { alter: true, checkdb: true, recover: true },
    say: (key) => english.t(`connections.loginScript.${key}`),
    ...more,
  });

describe("no wider than the statements", () => {
  test("the tables of msdb are those they read", () => {
    expect(found(/msdb\.dbo\.(\w+)/g)).toEqual([...GRANTED_MSDB_TABLES].sort());
  });

  test("the extended procedures are those they call", () => {
    expect(found(/EXEC(?:UTE)? (?:master\.)?(?:dbo|sys)\.(xp_\w+)/gi)).toEqual(
      [...GRANTED_PROCEDURES].sort(),
    );
  });

  test("rights of one phase only where they are asked for", () => {
    const bare = script({ extras: { alter: false, checkdb: false, recover: false } });
    expect(bare).not.toMatch(/GRANT ALTER|db_owner|dbcreator/);
    expect(script()).toMatch(/GRANT ALTER TO/);
    expect(bare).not.toMatch(/sysadmin\b.*ADD|CONTROL SERVER/);
  });
});

describe("by version", () => {
  test("2008 R2: procedures for roles, and no right that came later", () => {
    const old = script({ major: 10 });
    expect(old).toContain("EXEC sp_addrolemember N'db_backupoperator', N'chainferry';");
    expect(old).toContain("EXEC sp_addsrvrolemember N'chainferry', N'dbcreator';");
    expect(old).toContain("GRANT VIEW SERVER STATE TO [chainferry];");
    expect(old).not.toMatch(/ALTER (SERVER )?ROLE|PERFORMANCE STATE|SECURITY STATE/);
  });

  test("2022: the narrower rights in place of VIEW SERVER STATE", () => {
    const recent = script({ major: 16 });
    expect(recent).toContain("GRANT VIEW SERVER PERFORMANCE STATE TO [chainferry];");
    expect(recent).not.toContain("VIEW SERVER STATE");
    expect(recent).toContain("ALTER SERVER ROLE [dbcreator] ADD MEMBER [chainferry];");
  });
});

describe("names", () => {
  const names = ["a]b'c;--", "x */ DROP DATABASE y; --", "销售数据库", "长".repeat(128), "[[]]]"];

  test.each(names)("%j stays a name, as login and as database", (name) => {
    const text = script({ login: name, databases: [name] });
    const tokens = tokenize(text);
    expect(
      tokens.filter(({ kind, text: value }) => kind === "quoted" && value === name).length,
    ).toBeGreaterThan(10);
    expect(
      tokens.filter(({ kind, text: value }) => kind === "string" && value === name).length,
    ).toBeGreaterThan(2);
    expect(tokens.filter(({ kind, text: value }) => kind === "word" && /^(DROP|y)$/.test(value))).toEqual([]);
  });

  test("a Windows account has no password", () => {
    const text = script({ login: "CORP\\mover" });
    expect(text).toContain("CREATE LOGIN [CORP\\mover] FROM WINDOWS");
    expect(text).not.toContain("PASSWORD");
  });

  test("what no server takes is refused", () => {
    expect(() => script({ databases: ["x".repeat(129)] })).toThrow(RangeError);
    expect(() => script({ login: "" })).toThrow(RangeError);
  });

  test("a line of its own in a name could be a GO: no script for it", () => {
    expect(() => script({ databases: ["a\nGO\nDROP DATABASE b"] })).toThrow(RangeError);
    expect(() => script({ login: "a\rGO" })).toThrow(RangeError);
  });
});

test.each(["en", "zh-CN"] as const)("every line says what it is for, in %s", (locale) => {
  const { t, has } = createTranslator(locale);
  for (const key of LOGIN_SCRIPT_TEXTS) expect(has(`connections.loginScript.${key}`)).toBe(true);
  expect(script({ say: (key) => t(`connections.loginScript.${key}`) })).toContain("GRANT");
});

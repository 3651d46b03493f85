import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadStatement, statementNames } from "./load-statement";

const folder = path.join(process.cwd(), "lib/sqlserver/sql");

describe("the files", () => {
  test("are exactly the declared names", () => {
    const files = readdirSync(folder).map((file) => file.replace(/\.sql$/, ""));
    expect(files.sort()).toEqual([...statementNames].sort());
  });

  test.each(statementNames)("%s says its purpose, permission, versions and source", (name) => {
    const raw = readFileSync(path.join(folder, `${name}.sql`), "utf8");
    const comment = /^\/\*\n([\s\S]*?)\n\*\/\n/.exec(raw)?.[1] ?? "";
    for (const label of ["Purpose: ", "Permission: ", "Versions: ", "Source: "]) {
      expect(comment).toContain(`${label}`);
    }
  });

  test.each(statementNames)("%s returns LSNs as text and has no duplicate column", (name) => {
    const raw = readFileSync(path.join(folder, `${name}.sql`), "utf8");
    const columns = [...raw.matchAll(/\bAS (\w+)(?=,|\n|;)/g)].map((match) => match[1] ?? "");
    const lsns = [...raw.matchAll(/(.*) AS \w*lsn\b/g)].map((match) => match[1] ?? "");
    for (const expression of lsns) expect(expression).toContain("CONVERT(varchar(25)");
    expect(new Set(columns).size).toBe(columns.length);
  });
});

describe("loading", () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(path.join(tmpdir(), "statements-"));
  });
  afterAll(() => rmSync(root, { recursive: true }));

  test("strips the comment block and fills placeholders", () => {
    expect(loadStatement("restrict-users", { database: "[a]]b]" })).toBe(
      "ALTER DATABASE [a]]b] SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE;",
    );
  });

  test("a placeholder without a value is an error", () => {
    expect(() => loadStatement("restrict-users")).toThrow(/\$\(database\)/);
  });

  test("a value may hold replacement patterns", () => {
    expect(loadStatement("allow-users", { database: "[a$&b]" })).toContain("[a$&b]");
  });

  test("a missing file is named", () => {
    expect(() => loadStatement("allow-users", { database: "[x]" }, root)).toThrow(/allow-users\.sql/);
  });

  test("the folder is injectable and the text is cached", () => {
    const file = path.join(root, "verify-backup.sql");
    writeFileSync(file, "/*\nPurpose: x\n*/\nSELECT 1;\n");
    expect(loadStatement("verify-backup", {}, root)).toBe("SELECT 1;");
    rmSync(file);
    expect(loadStatement("verify-backup", {}, root)).toBe("SELECT 1;");
  });
});

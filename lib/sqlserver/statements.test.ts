import { analyze } from "@saralsql/tsql-parser";
import { describe, expect, test } from "vitest";
import { parseBatch } from "@/sandbox/sqlserver/tsql/parse-batch";
import { tokenize } from "@/sandbox/sqlserver/tsql/tokenize";
import { readStatementFile, statementNames } from "./load-statement";
import { isSince, statementVersions } from "./statement-versions";
import { COLUMNS, type Feature, FUNCTIONS, OBJECTS, PROPERTIES, SYNTAX } from "./version-matrix-fixture";

/** Placeholders filled in with what is hardest to get right. */
function textOf(name: (typeof statementNames)[number]): string {
  return readStatementFile(name)
    .replace(/^\s*\/\*[\s\S]*?\*\/\s*/, "")
    .replaceAll("$(copy_only)", "COPY_ONLY, ")
    .replaceAll("$(compression)", "COMPRESSION")
    .replace(/\$\(\w+\)/g, "[a]]b'c;--]");
}

/** The statement, and those that it hands to sp_executesql as text. */
function allTexts(text: string): string[] {
  const tokens = tokenize(text);
  const inner = tokens.filter(
    ({ kind }, at) => kind === "string" && tokens[at - 1]?.text.toLowerCase() === "sp_executesql",
  );
  return [text, ...inner.map(({ text: value }) => value)];
}

/** What the library's grammar does not have: for these the sandbox's parser stands alone. */
const ADMINISTRATION = /^\s*(BACKUP|RESTORE|DBCC)\b/i;
/** `ALTER TABLE … ADD` of several columns, which the library takes for one. */
const BEYOND_LIBRARY: ReadonlySet<string> = new Set(["read-headers"]);

function errorsOf(text: string): string[] {
  const { diagnostics } = analyze(text);
  return diagnostics
    .filter(({ source, severity }) => source === "parser" && severity === "error")
    .map(({ message, start }) => `${message} at: ${text.slice(start, start + 40)}`);
}

describe("every statement is T-SQL", () => {
  test.each(statementNames)("%s, to the sandbox's parser", (name) => {
    for (const text of allTexts(textOf(name))) expect(parseBatch(text).length).toBeGreaterThan(0);
  });

  const queries = statementNames.filter(
    (name) => !ADMINISTRATION.test(textOf(name)) && !BEYOND_LIBRARY.has(name),
  );
  test.each(queries)("%s, to a parser that somebody else wrote", (name) => {
    for (const text of allTexts(textOf(name))) {
      if (!ADMINISTRATION.test(text)) expect(errorsOf(text)).toEqual([]);
    }
  });

  test("both parsers refuse what is not T-SQL", () => {
    expect(errorsOf("SELECT a FROM WHERE b = 1")).not.toEqual([]);
    expect(errorsOf("SELEC a FROM b")).not.toEqual([]);
    for (const wrong of [
      "BACKUP DATABASE @db DISK = @path",
      "DBCC CHECKDB ([a]",
      "SELECT a FROM WHERE b = 1",
    ]) {
      expect(() => parseBatch(wrong)).toThrow();
    }
  });

  test("the library parses most of them", () => {
    expect(queries.length).toBeGreaterThan(statementNames.length / 2);
  });
});

interface Use {
  what: string;
  feature: Feature | undefined;
}

/** Everything in a text that a release has or has not: functions, views, their newer columns, properties, syntax. */
function usesOf(text: string): Use[] {
  const tokens = tokenize(text);
  const uses: Use[] = [];
  const aliases = new Map<string, string>();
  tokens.forEach((token, at) => {
    const next = tokens[at + 1];
    const before = tokens[at - 1];
    const word = token.kind === "word" ? token.text : "";
    if (word === "" || KEYWORDS.has(word.toUpperCase())) return;
    const name = nameAt(at);
    const object = /^(sys|msdb\.dbo|master\.(?:dbo|sys)|msdb\.sys)\.\w+$/i.test(name) && before?.text !== ".";
    if (object) {
      const plain = name.toLowerCase().replace(/^(?:msdb|master)\.sys\.(?!xp_)/, "sys.");
      uses.push({ what: plain, feature: OBJECTS.get(plain) });
      const after = at + name.split(".").length * 2 - 1;
      const alias = aliasAt(after);
      if (alias !== null) aliases.set(alias.toLowerCase(), plain);
    } else if (next?.text === "(" && next.kind === "op" && before?.text !== "." && !isDeclared(at)) {
      uses.push({ what: `${word.toUpperCase()}()`, feature: FUNCTIONS.get(word.toUpperCase()) });
    }
  });
  tokens.forEach((token, at) => {
    const owner = aliases.get(token.text.toLowerCase());
    const column = tokens[at + 2]?.text.toLowerCase();
    if (owner === undefined || tokens[at + 1]?.text !== "." || column === undefined) return;
    const feature = COLUMNS.get(`${owner}.${column}`);
    if (feature) uses.push({ what: `${owner}.${column}`, feature });
  });
  for (const { kind, text: value } of tokens) {
    const feature = kind === "string" ? PROPERTIES.get(value) : undefined;
    if (feature) uses.push({ what: value, feature });
  }
  const bare = tokens.map(({ kind, text: value }) => (kind === "string" ? "''" : value)).join(" ");
  for (const [pattern, feature] of SYNTAX) {
    if (pattern.test(bare)) uses.push({ what: String(pattern), feature });
  }
  return uses;

  function nameAt(at: number): string {
    let name = tokens[at]?.text ?? "";
    for (let next = at + 1; tokens[next]?.text === "." && tokens[next + 1]; next += 2) {
      name += `.${tokens[next + 1]?.text}`;
    }
    return name;
  }

  /** `AS d` behind a view, or behind the arguments of a function that is a table. */
  function aliasAt(start: number): string | null {
    let at = start;
    if (tokens[at]?.text === "(") {
      for (let depth = 0; at < tokens.length; at++) {
        if (tokens[at]?.text === "(") depth++;
        if (tokens[at]?.text === ")" && --depth === 0) break;
      }
      at++;
    }
    return tokens[at]?.text.toUpperCase() === "AS" ? (tokens[at + 1]?.text ?? null) : null;
  }

  /** A type with a length, `nvarchar(128)`, or a table's name before its columns. */
  function isDeclared(at: number): boolean {
    return TYPES.has((tokens[at]?.text ?? "").toLowerCase()) || tokens[at]?.text.startsWith("#") === true;
  }
}

const TYPES = new Set([
  "nvarchar",
  "varchar",
  "char",
  "nchar",
  "decimal",
  "numeric",
  "varbinary",
  "binary",
  "datetime2",
]);
const KEYWORDS = new Set(
  "SELECT FROM WHERE AND OR NOT IN EXISTS ON APPLY AS BY OVER VALUES TOP IF THEN WHEN CASE ELSE JOIN WITH SET CHECK INSERT INTO EXEC EXECUTE TABLE RETURN".split(
    " ",
  ),
);

describe("no statement uses what the oldest release that it claims has not", () => {
  test.each(statementNames)("%s", (name) => {
    const { from } = statementVersions(name);
    const uses = allTexts(textOf(name)).flatMap(usesOf);
    expect(uses.filter(({ feature }) => feature === undefined).map(({ what }) => what)).toEqual([]);
    const tooNew = uses.filter(({ feature }) => feature !== undefined && !isSince(from, feature.since));
    expect(
      tooNew.map(({ what, feature }) => `${what} needs ${feature?.since}, the header says ${from}`),
    ).toEqual([]);
  });

  test.each([
    ["SELECT TRY_CONVERT(int, @x)", "2012"],
    ["SELECT STRING_AGG(d.name, ',') FROM sys.databases AS d", "2017"],
    ["SELECT s.database_id FROM sys.dm_exec_sessions AS s", "2012"],
    ["SELECT bs.encryptor_type FROM msdb.dbo.backupset AS bs", "2014"],
    ["SELECT l.log_since_last_log_backup_mb FROM sys.dm_db_log_stats(DB_ID(@db)) AS l", "2016 SP2"],
    ["SELECT DATABASEPROPERTYEX(@db, 'LastGoodCheckDbTime')", "2016 SP2"],
    ["SELECT d.name FROM sys.databases AS d ORDER BY d.name OFFSET 1 ROWS", "2012"],
  ])("%s needs %s", (text, since) => {
    const newest = usesOf(text)
      .map(({ feature }) => feature?.since ?? "?")
      .filter((found) => found !== "2008 R2");
    expect(newest).toEqual([since]);
  });

  test("what nobody has looked up yet is told", () => {
    expect(
      usesOf("SELECT FANCY(1) FROM sys.dm_fancy AS f").filter(({ feature }) => feature === undefined),
    ).toHaveLength(2);
  });
});

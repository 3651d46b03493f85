import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { BACKUP_SCRIPT_TYPES, buildBackupScript } from "@/lib/diagnosis/build-backup-script";
import { buildLoginScript } from "@/lib/diagnosis/build-login-script";
import { remedyScript } from "@/lib/diagnosis/build-remedy-script";
import { historyScript } from "@/lib/services/migration/history-script";
import { clockFunctions } from "../catalog/clock-functions";
import { globalVariables } from "../catalog/global-variables";
import { serverFunctions } from "../catalog/server-functions";
import { procedures } from "../commands/procedures";
import { testServer } from "../testing/model-server-fixture";
import type { ArithmeticOp, CompareOp, Expr, JoinType, SelectItem, TableRef } from "./ast";
import { AGGREGATES } from "./compile-aggregate";
import { builtinFunctions } from "./functions/builtin";
import { parseBatch } from "./parse-batch";
import type { StatementBody, Termination } from "./statement";

/** What people type in FreeTDS's tsql and in mssql's tools to see whether the server is there. */
const SESSION_TEXTS = [
  "SELECT @@VERSION",
  "select name, database_id from sys.databases",
  "select * from sys.databases",
  "use master",
  "SET TEXTSIZE 64512",
  "exec sp_who2",
];

function productStatements(): string[] {
  const folder = join(process.cwd(), "lib/sqlserver/sql");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .map((name) =>
      readFileSync(join(folder, name), "utf8")
        .replaceAll("$(copy_only)", "COPY_ONLY, ")
        .replaceAll("$(compression)", "COMPRESSION")
        .replace(/\$\(\w+\)/g, "[a]]b]"),
    );
}

function copyableScripts(): string[] {
  const say = (key: string): string => key;
  const range = {
    kind: "log" as const,
    fromLsn: "1",
    toLsn: "2",
    baseGuid: null,
    baseLsn: null,
    afterLocal: null,
    beforeLocal: null,
    utcOffsetMinutes: null,
    blockedFile: null,
  };
  const based = {
    ...range,
    fromLsn: null,
    baseGuid: "0F8FAD5B-D9CB-469F-A165-70867728950E",
    baseLsn: "2",
  };
  const scripts = [
    ...Object.values(remedyScript).map((build) => build("Sales", "D:\\x.bak") ?? ""),
    ...[10, 11, 15].map((major) =>
      buildLoginScript({
        login: "chainferry",
        databases: ["SalesDB"],
        major,
        extras: { alter: true, checkdb: true, recover: true },
        say,
      }),
    ),
    ...BACKUP_SCRIPT_TYPES.map((type) =>
      buildBackupScript({ databases: ["SalesDB"], type, folder: "D:\\B", run: true, say }),
    ),
    historyScript("S", range) ?? "",
    historyScript("S", based) ?? "",
  ];
  // GO is the client's; the server sees the batches between.
  return scripts.flatMap((script) => script.split(/^GO\s*$/m));
}

/** Kinds, operators, functions, procedures and global variables met in the trees of the batches. */
function usage(batches: readonly string[]): ReadonlySet<string> {
  const used = new Set<string>();
  const note = (node: Record<string, unknown>) => {
    if (typeof node.kind !== "string") return;
    used.add(node.kind);
    if (typeof node.op === "string") used.add(`${node.kind} ${node.op}`);
    if (node.kind === "join") used.add(`join ${String(node.type)}`);
    if (node.kind === "call" && Array.isArray(node.name))
      used.add(`function ${node.name.join(".").toUpperCase()}`);
    if (node.kind === "execute" && Array.isArray(node.procedure)) {
      used.add(`procedure ${String(node.procedure.at(-1)).toLowerCase()}`);
    }
    if (node.kind === "variable") used.add(`variable ${String(node.name).toUpperCase()}`);
    // The text sp_executesql is given runs here as well.
    if (
      node.kind === "literal" &&
      typeof node.value === "string" &&
      /^\s*(SELECT\s|RESTORE\s)/.test(node.value)
    ) {
      walk(parseBatch(node.value));
    }
  };
  const walk = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    note({ ...node });
    for (const child of Object.values(node)) walk(child);
  };
  for (const batch of batches) walk(parseBatch(batch));
  return used;
}

const used = usage([...productStatements(), ...copyableScripts(), ...SESSION_TEXTS]);
const unused = (names: Iterable<string>, prefix = ""): string[] =>
  [...names].filter((name) => !used.has(`${prefix}${name}`));

// Records, so that a new kind of node does not compile until it stands here, and does not pass until somebody uses it.
const STATEMENTS: Record<StatementBody["kind"], true> = {
  query: true,
  declare: true,
  "set-variable": true,
  "set-option": true,
  if: true,
  while: true,
  block: true,
  break: true,
  continue: true,
  return: true,
  print: true,
  raiserror: true,
  execute: true,
  use: true,
  "create-table": true,
  "alter-table": true,
  insert: true,
  denied: true,
  backup: true,
  restore: true,
  "alter-database": true,
  dbcc: true,
};
const TERMINATIONS: Record<Termination["kind"], true> = { wait: true, "no-wait": true, rollback: true };
const EXPRESSIONS: Record<Expr["kind"], true> = {
  literal: true,
  variable: true,
  column: true,
  unary: true,
  binary: true,
  compare: true,
  logical: true,
  "is-null": true,
  "in-list": true,
  like: true,
  case: true,
  cast: true,
  subquery: true,
  collate: true,
  call: true,
};
const ITEMS: Record<SelectItem["kind"], true> = { star: true, expr: true, assign: true };
const TABLES: Record<TableRef["kind"], true> = { table: true, function: true, derived: true, join: true };
const JOINS: Record<JoinType, true> = { inner: true, left: true, "cross-apply": true, "outer-apply": true };
const ARITHMETIC: Record<ArithmeticOp, true> = { "+": true, "*": true };
const COMPARISONS: Record<CompareOp, true> = { "=": true, "<>": true, "<": true, ">": true, ">=": true };

describe("the interpreter knows nothing of T-SQL that nobody uses", () => {
  const { model } = testServer();

  it.each<[string, Iterable<string>, string]>([
    ["statements", Object.keys(STATEMENTS), ""],
    ["terminations", Object.keys(TERMINATIONS), ""],
    ["expressions", Object.keys(EXPRESSIONS), ""],
    ["select items", Object.keys(ITEMS), ""],
    ["tables", Object.keys(TABLES), ""],
    ["joins", Object.keys(JOINS), "join "],
    ["arithmetic", Object.keys(ARITHMETIC), "binary "],
    ["comparisons", Object.keys(COMPARISONS), "compare "],
    ["language functions", builtinFunctions.keys(), "function "],
    ["server functions", serverFunctions(model).keys(), "function "],
    ["clock functions", clockFunctions(model).keys(), "function "],
    ["aggregates", AGGREGATES, "function "],
    ["global variables", Object.keys(globalVariables), "variable "],
    ["procedures", procedures(model).keys(), "procedure "],
  ])("%s", (_what, names, prefix) => {
    expect(unused(names, prefix)).toEqual([]);
  });
});

describe("what the sandbox does not speak answers as SQL Server does", () => {
  const server = testServer();

  it.each<[string, number, string]>([
    ["SELECT UPPER('a')", 195, "'UPPER' is not a recognized built-in function name."],
    ["SELECT ISNULL(NULL, 1)", 195, "'ISNULL' is not a recognized built-in function name."],
    [
      "SELECT COUNT_BIG(*) FROM sys.databases",
      195,
      "'COUNT_BIG' is not a recognized built-in function name.",
    ],
    [
      "SELECT STRING_AGG(name, ',') FROM sys.databases",
      195,
      "'STRING_AGG' is not a recognized built-in function name.",
    ],
    ["SELECT @@TRANCOUNT", 137, 'Must declare the scalar variable "@@TRANCOUNT".'],
    ["EXEC sp_helpdb", 2812, "Could not find stored procedure 'sp_helpdb'."],
    [
      "EXEC master.dbo.xp_dirtree N'D:\\', 1, 1",
      2812,
      "Could not find stored procedure 'master.dbo.xp_dirtree'.",
    ],
    ["THROW 50000, 'x', 1", 2812, "Could not find stored procedure 'THROW'."],
    ["BEGIN TRY SELECT 1 END TRY", 102, "Incorrect syntax near 'TRY'."],
    ["BEGIN TRAN", 156, "Incorrect syntax near the keyword 'TRAN'."],
    ["WAITFOR DELAY '0:00:01'", 156, "Incorrect syntax near the keyword 'WAITFOR'."],
    ["KILL 52", 156, "Incorrect syntax near the keyword 'KILL'."],
    ["DELETE FROM #t", 156, "Incorrect syntax near the keyword 'DELETE'."],
    ["WITH c AS (SELECT 1 AS n) SELECT n FROM c", 156, "Incorrect syntax near the keyword 'WITH'."],
    ["SELECT 1 UNION SELECT 2", 156, "Incorrect syntax near the keyword 'UNION'."],
    ["SELECT DISTINCT name FROM sys.databases", 156, "Incorrect syntax near the keyword 'DISTINCT'."],
    ["SELECT 1 FROM (VALUES (1)) AS v(n)", 156, "Incorrect syntax near the keyword 'VALUES'."],
    [
      "SELECT name FROM sys.databases WHERE EXISTS (SELECT 1)",
      156,
      "Incorrect syntax near the keyword 'EXISTS'.",
    ],
    ["SELECT 1 WHERE 1 IN (SELECT 1)", 156, "Incorrect syntax near the keyword 'SELECT'."],
    ["SELECT 1 WHERE 1 BETWEEN 0 AND 2", 156, "Incorrect syntax near the keyword 'BETWEEN'."],
    ["SELECT 1 WHERE NOT (1 = 2)", 156, "Incorrect syntax near the keyword 'NOT'."],
    ["SELECT 1 - 1", 102, "Incorrect syntax near '-'."],
    ["SELECT 7 / 2", 102, "Incorrect syntax near '/'."],
    ["SELECT ~1", 102, "Incorrect syntax near '~'."],
    ["SELECT 1 WHERE 1 <= 2", 102, "Incorrect syntax near '<='."],
    ["SELECT name FROM sys.databases ORDER BY name OFFSET 1 ROWS", 102, "Incorrect syntax near 'OFFSET'."],
    ["SELECT name FROM sys.databases FOR XML PATH('')", 156, "Incorrect syntax near the keyword 'FOR'."],
    ["SELECT TRY_CONVERT(int, 'x')", 156, "Incorrect syntax near the keyword 'TRY_CONVERT'."],
    ["SELECT COUNT(*) OVER () FROM sys.databases", 156, "Incorrect syntax near the keyword 'OVER'."],
    [
      "SELECT COUNT(*) FROM sys.databases HAVING COUNT(*) > 1",
      156,
      "Incorrect syntax near the keyword 'HAVING'.",
    ],
    ["DECLARE @t TABLE (n int)", 102, "Incorrect syntax near 'n'."],
    ["EXEC ('SELECT 1')", 102, "Incorrect syntax near '('."],
  ])("%s", async (sql, number, message) => {
    const { errors } = await server.run(sql);
    expect(errors.map((e) => [e.number, e.message])).toEqual([[number, message]]);
  });
});

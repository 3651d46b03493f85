import { rmSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { testServer } from "../testing/model-server-fixture";

const server = testServer();
afterAll(() => rmSync(server.folder, { recursive: true, force: true }));

async function rows(sql: string) {
  const { sets, errors } = await server.run(sql);
  expect(errors.map((e) => `${e.number} ${e.message}`)).toEqual([]);
  return sets.at(-1)?.rows ?? [];
}
async function value(sql: string) {
  return (await rows(sql))[0]?.[0];
}

describe("expressions", () => {
  it.each<[string, unknown]>([
    ["SELECT -(3 + 5) * 2", -16],
    ["SELECT CONVERT(varchar(20), 1.25 * 3)", "3.75"],
    ["SELECT 'a' + N'b' + 'c'", "abc"],
    ["SELECT CASE WHEN 1 = 2 THEN 'x' WHEN 'A' = 'a ' THEN 'y' ELSE 'z' END", "y"],
    ["SELECT CASE 3 WHEN 1 THEN 'a' WHEN 3 THEN 'c' END", "c"],
    ["SELECT COALESCE(NULL, NULL, 5)", 5],
    ["SELECT LEN('ab  ')", 2],
    ["SELECT RTRIM('x  ') + '!'", "x!"],
    ["SELECT CAST('0042' AS int) + 1", 43],
    ["SELECT CONVERT(bigint, 2147483647) + 1", 2147483648n],
    ["SELECT CONVERT(numeric(25,0), '12345670000000098700001') + 1", 12345670000000098700002n],
    [
      "SELECT CONVERT(varchar(25), CONVERT(numeric(25,0), '12345670000000098700001'))",
      "12345670000000098700001",
    ],
    ["SELECT CONVERT(varchar(20), CONVERT(float, 0.1) + 0.2)", "0.3"],
    ["SELECT CONVERT(varchar(10), 0x0AFF, 1)", "0x0AFF"],
    ["SELECT CONVERT(int, 0x000000FF)", 255],
    ["SELECT SUBSTRING('abcdef', 2, 3)", "bcd"],
    ["SELECT LEFT('abcdef', 4)", "abcd"],
    ["SELECT CHARINDEX('D', 'abcdef')", 4],
    ["SELECT PATINDEX('%[0-9]%', 'ab7')", 3],
    ["SELECT REPLACE('a-b-c', '-', '')", "abc"],
    ["SELECT STUFF('abcdef', 2, 2, 'XY!')", "aXY!def"],
    ["SELECT QUOTENAME('a]b')", "[a]]b]"],
    ["SELECT CONVERT(varchar(23), CAST('2026-03-30T12:01:02' AS datetime), 126)", "2026-03-30T12:01:02"],
    [
      "SELECT CONVERT(varchar(23), CAST('2026-03-30T12:01:02.500' AS datetime), 126)",
      "2026-03-30T12:01:02.500",
    ],
    ["SELECT CONVERT(varchar(10), CAST('20260330' AS datetime), 120)", "2026-03-30"],
    ["SELECT DATEDIFF(hour, '2026-03-30T00:59:00', '2026-03-30T02:01:00')", 2],
    ["SELECT CONVERT(varchar(10), DATEADD(month, 1, CAST('2026-01-31' AS datetime)), 23)", "2026-02-28"],
    ["SELECT DATEPART(TZOFFSET, SYSDATETIMEOFFSET())", 480],
    ["SELECT CASE WHEN 'a_c' LIKE 'a[_]c' AND 'abc' NOT LIKE 'a[_]c' THEN 1 END", 1],
    ["SELECT CASE WHEN 'a-b/c&d~' LIKE '%-b/_[&-]d[~]' THEN 1 END", 1],
    ["SELECT CASE WHEN '50%' LIKE '50!%' ESCAPE '!' THEN 1 END", 1],
    ["SELECT CASE WHEN 'a' = 'A' COLLATE Latin1_General_BIN THEN 1 ELSE 0 END", 0],
    ["SELECT CASE WHEN NULL = NULL OR NULL <> 1 THEN 1 ELSE 0 END", 0],
    ["SELECT CASE WHEN 1 NOT IN (2, NULL) THEN 1 ELSE 0 END", 0],
  ])("%s", async (sql, expected) => {
    expect(await value(sql)).toEqual(expected);
  });
});

describe("queries", () => {
  const values = "#v AS v";
  const fill = `CREATE TABLE #v (n int NULL, t varchar(10) NULL);
    INSERT INTO #v SELECT 1, 'a'; INSERT INTO #v SELECT 2, 'b'; INSERT INTO #v SELECT 3, 'b'; INSERT INTO #v SELECT 4, NULL;`;
  it.each<[string, unknown[][]]>([
    [
      `SELECT t, COUNT(*) AS c, SUM(n) FROM ${values} GROUP BY t ORDER BY c DESC, t`,
      [
        ["b", 2, 5],
        [null, 1, 4],
        ["a", 1, 1],
      ],
    ],
    [`SELECT COUNT(t), MIN(n), MAX(t), SUM(n) FROM ${values}`, [[3, 1, "b", 10]]],
    [`SELECT COUNT(*), MAX(n) FROM ${values} WHERE n > 9`, [[0, null]]],
    [`SELECT TOP (2) n FROM ${values} ORDER BY n DESC`, [[4], [3]]],
    [
      `SELECT a.n, b.n FROM ${values} LEFT JOIN (SELECT 2 AS n) AS b ON b.n = v.n JOIN (SELECT 7 AS n) AS a ON a.n > v.n WHERE v.n < 3`,
      [
        [7, null],
        [7, 2],
      ],
    ],
    [
      `SELECT v.n, x.m FROM ${values} OUTER APPLY (SELECT v.n * 10 AS m WHERE v.n < 3) AS x WHERE v.n IN (2, 3)`,
      [
        [2, 20],
        [3, null],
      ],
    ],
    [`SELECT v.n FROM ${values} CROSS APPLY (SELECT 1 AS one WHERE v.t = 'b') AS x`, [[2], [3]]],
    [`SELECT n, (SELECT COUNT(*) FROM #v AS w WHERE w.n < v.n) FROM ${values} WHERE n = 3`, [[3, 2]]],
    [
      `SELECT RTRIM(t) + '!' FROM ${values} GROUP BY RTRIM(t) ORDER BY RTRIM(t) DESC`,
      [["b!"], ["a!"], [null]],
    ],
    ["SELECT backup_type = 'D'", [["D"]]],
  ])("%s", async (sql, expected) => {
    expect(await rows(`${fill} ${sql}`)).toEqual(expected);
  });

  it("names columns, and joins the catalog in any case and with all name parts", async () => {
    const { sets } = await server.run(
      "SELECT D.NAME AS db, f.name FROM [master].SYS.Databases AS d JOIN sys.master_files f ON f.database_id = d.database_id AND f.type = 1 WHERE d.name = N'salesdb'",
    );
    expect(sets[0]?.columns.map((c) => c.name)).toEqual(["db", "name"]);
    expect(sets[0]?.rows).toEqual([["SalesDB", "SalesDB_log"]]);
  });

  it("counts a user table without making its rows, and reads them when asked", async () => {
    const counted = await value("SELECT COUNT(*) FROM SalesDB.sales.Orders WITH (TABLOCK)");
    expect(counted).toBe(181450);
    expect(await rows("SELECT TOP 2 ProductId, Sku FROM SalesDB..Products ORDER BY ProductId")).toEqual([
      [1, "SKU-000001"],
      [2, "SKU-000002"],
    ]);
  });
});

describe("batches", () => {
  it("runs variables, loops, conditions and dynamic SQL with OUTPUT", async () => {
    expect(
      await rows(`DECLARE @i int = 0, @sum int = 0, @text nvarchar(50);
        WHILE @i < 5 BEGIN SET @i = @i + 1; IF @i = 3 CONTINUE; SET @sum = @sum + @i; END;
        EXEC sp_executesql N'SET @out = @in * 2', N'@in int, @out int OUTPUT', @in = @sum, @out = @i OUTPUT;
        SELECT @text = 'sum ' + CONVERT(varchar(10), @sum);
        SELECT @text, @i`),
    ).toEqual([["sum 12", 24]]);
  });
  it("keeps temporary tables to their scope, and fills them from EXEC", async () => {
    expect(
      await rows(`CREATE TABLE #t (a int NULL, b nvarchar(10)); ALTER TABLE #t ADD c bit NULL;
        INSERT INTO #t EXEC sp_executesql N'SELECT 1, N''x'', 1'; INSERT INTO #t (a) SELECT 9;
        SELECT a, b, c FROM #t`),
    ).toEqual([
      [1, "x", 1],
      [9, null, null],
    ]);
    const { errors } = await server.run(
      "EXEC sp_executesql N'CREATE TABLE #inner (a int)'; SELECT * FROM #inner",
    );
    expect(errors[0]?.number).toBe(208);
  });
  it("goes on after an error that ends no batch", async () => {
    const { errors, sets } = await server.run("RAISERROR('n is %d of %s', 16, 3, 7, 'x'); SELECT 1");
    expect(errors[0]).toMatchObject({ number: 50000, severity: 16, state: 3, message: "n is 7 of x" });
    expect(sets[0]?.rows).toEqual([[1]]);
  });
  it("prints, and raises messages up to severity 10", async () => {
    const { messages } = await server.run("PRINT 'a' + 'b';\nRAISERROR('low', 5, 1) WITH NOWAIT");
    expect(messages.map((m) => [m.number, m.text, m.line])).toEqual([
      [0, "ab", 1],
      [50000, "low", 2],
    ]);
  });
  it("changes the database only for what [db].sys.sp_executesql runs", async () => {
    expect(await value("EXEC [SalesDB].sys.sp_executesql N'SELECT DB_NAME()'")).toBe("SalesDB");
    expect(await value("SELECT DB_NAME()")).toBe("master");
  });
});

describe("errors are SQL Server's", () => {
  it.each<[string, number, string]>([
    ["SELEC 1", 2812, "Could not find stored procedure 'SELEC'."],
    ["SELECT 1 FROM", 102, "Incorrect syntax near 'FROM'."],
    ["SELECT * FROM sys.databases WHERE", 102, "Incorrect syntax near 'WHERE'."],
    ["SELECT a b c", 102, "Incorrect syntax near 'c'."],
    ["SELECT 1 ORDER 2", 102, "Incorrect syntax near '2'."],
    ["SELECT FROM x", 156, "Incorrect syntax near the keyword 'FROM'."],
    ["SELECT 'abc", 105, "Unclosed quotation mark after the character string 'abc'."],
    ["SELECT 1 /* x", 113, "Missing end comment mark '*/'."],
    ["SELECT * FROM dbo.nowhere", 208, "Invalid object name 'dbo.nowhere'."],
    ["SELECT nope FROM sys.databases", 207, "Invalid column name 'nope'."],
    ["SELECT x.name FROM sys.databases AS d", 4104, 'The multi-part identifier "x.name" could not be bound.'],
    ["SELECT @nope", 137, 'Must declare the scalar variable "@nope".'],
    ["SELECT nosuch(1)", 195, "'nosuch' is not a recognized built-in function name."],
    ["EXEC dbo.nosuch", 2812, "Could not find stored procedure 'dbo.nosuch'."],
    ["USE nosuch", 911, "Database 'nosuch' does not exist. Make sure that the name is entered correctly."],
    [
      "SELECT CONVERT(int, 'abc')",
      245,
      "Conversion failed when converting the varchar value 'abc' to data type int.",
    ],
    ["SELECT CONVERT(tinyint, 256)", 8115, "Arithmetic overflow error converting int to data type tinyint."],
    [
      "SELECT name, COUNT(*) FROM sys.databases",
      8120,
      "Column 'databases.name' is invalid in the select list because it is not contained in either an aggregate function or the GROUP BY clause.",
    ],
    ["CREATE DATABASE x", 262, "CREATE DATABASE permission denied in database 'master'."],
    [
      "DBCC NOSUCH",
      2526,
      "Incorrect DBCC statement. Check the documentation for the correct DBCC syntax and options.",
    ],
    ["SET NOSUCH ON", 195, "'NOSUCH' is not a recognized SET option."],
  ])("%s", async (sql, number, message) => {
    const { errors } = await server.run(sql);
    expect(errors.map((e) => [e.number, e.message])).toEqual([[number, message]]);
  });

  it("tells the line, and refuses the whole batch for a syntax error or a wrong column", async () => {
    const syntax = await server.run("PRINT 'never';\n\nSELECT * FORM x");
    expect(syntax.errors[0]?.line).toBe(3);
    expect(syntax.messages).toEqual([]);
    const binding = await server.run("PRINT 'never';\nIF 1 = 0 SELECT nope FROM sys.databases");
    expect(binding.errors[0]).toMatchObject({ number: 207, line: 2 });
    expect(binding.messages).toEqual([]);
  });
});

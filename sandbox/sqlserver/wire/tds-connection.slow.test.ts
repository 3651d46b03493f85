import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import mssql from "mssql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PASSWORD, startForTest, type TestSqlServer } from "../testing/started-server-fixture";

let server: TestSqlServer;
beforeAll(async () => {
  server = await startForTest();
});
afterAll(() => server.close());

async function withPool<T>(
  config: Partial<mssql.config>,
  run: (pool: mssql.ConnectionPool) => Promise<T>,
): Promise<T> {
  const pool = await server.connect(config);
  try {
    return await run(pool);
  } finally {
    await pool.close();
  }
}

describe("a connection with mssql", () => {
  it.each([
    ["plain", { encrypt: false }, "FALSE"],
    ["TLS inside TDS 7.4", { encrypt: true }, "TRUE"],
  ])("%s", async (_name, options, expected) => {
    await withPool({ options }, async (pool) => {
      const result = await pool.query(
        "SELECT c.encrypt_option, s.program_name, s.host_name, @@SPID AS spid FROM sys.dm_exec_connections AS c JOIN sys.dm_exec_sessions AS s ON s.session_id = c.session_id WHERE c.session_id = @@SPID",
      );
      expect(result.recordset[0]).toMatchObject({ encrypt_option: expected, program_name: "node-mssql" });
      expect(result.recordset[0].spid).toBeGreaterThan(50);
    });
  });

  it("TLS with the sandbox's certificate as CA, verified by name; and TDS 8", async () => {
    const ca = readFileSync(join(server.folder, "tls-certificate.pem"), "utf8");
    const cryptoCredentialsDetails = { ca };
    for (const encrypt of [true, "strict" as const]) {
      const options = {
        encrypt,
        trustServerCertificate: false,
        cryptoCredentialsDetails,
      } as unknown as mssql.IOptions;
      await withPool({ options }, async (pool) => {
        const { recordset } = await pool
          .request()
          .input("x", mssql.NVarChar(mssql.MAX), "x".repeat(9000))
          .query("SELECT @x AS long");
        expect(recordset[0].long).toHaveLength(9000);
      });
    }
    await expect(
      server.connect({ options: { encrypt: true, trustServerCertificate: false } }),
    ).rejects.toMatchObject({
      code: "ESOCKET",
    });
  });

  it.each([false, true])("a wrong password is 18456 (TLS: %s), an unknown database too", async (encrypt) => {
    const options = { encrypt };
    await expect(server.connect({ password: "wrong", options })).rejects.toMatchObject({
      code: "ELOGIN",
      message: "Login failed for user 'sa'.",
    });
    await expect(server.connect({ user: "nobody", options })).rejects.toMatchObject({ code: "ELOGIN" });
    await expect(server.connect({ database: "nowhere", options })).rejects.toMatchObject({ code: "ELOGIN" });
    await withPool({ user: "SA", database: "salesdb", options }, async (pool) => {
      expect((await pool.query("SELECT DB_NAME() AS d")).recordset).toEqual([{ d: "SalesDB" }]);
    });
  });

  it("carries every type both ways", async () => {
    const when = new Date("2026-03-30T04:05:06.123Z");
    const bytes = Buffer.from("00ff10", "hex");
    await withPool({}, async (pool) => {
      const request = pool
        .request()
        .input("i", mssql.Int, -5)
        .input("big", mssql.BigInt, "9007199254740993")
        .input("bit", mssql.Bit, true)
        .input("f", mssql.Float, 1.5)
        .input("n", mssql.Decimal(10, 2), 12.34)
        .input("t", mssql.NVarChar(50), "中文 é")
        .input("max", mssql.NVarChar(mssql.MAX), "m".repeat(5000))
        .input("v", mssql.VarChar(20), "café €")
        .input("d", mssql.DateTime, when)
        .input("d2", mssql.DateTime2(7), when)
        .input("o", mssql.DateTimeOffset(7), when)
        .input("g", mssql.UniqueIdentifier, "0F8FAD5B-D9CB-469F-A165-70867728950E")
        .input("b", mssql.VarBinary(10), bytes)
        .input("none", mssql.NVarChar(5), null);
      const { recordset } = await request.query(
        `SELECT @i AS i, @big AS big, @bit AS b1, @f AS f, @n AS n, @t AS t, @max AS m, @v AS v, @d AS d, @d2 AS d2, @o AS o, @g AS g,
                @b AS b, @none AS none, SQL_VARIANT_OF = SERVERPROPERTY('Edition'), CONVERT(date, @d) AS day`,
      );
      expect(recordset[0]).toEqual({
        i: -5,
        big: "9007199254740993",
        b1: true,
        f: 1.5,
        n: 12.34,
        t: "中文 é",
        m: "m".repeat(5000),
        v: "café €",
        d: when,
        d2: when,
        o: when,
        g: "0F8FAD5B-D9CB-469F-A165-70867728950E",
        b: bytes,
        none: null,
        SQL_VARIANT_OF: "Enterprise Edition (64-bit)",
        day: new Date("2026-03-30T00:00:00Z"),
      });
    });
  });

  it("answers several result sets, row counts, messages and many packets", async () => {
    await withPool({}, async (pool) => {
      const request = pool.request();
      const texts: string[] = [];
      request.on("info", (info: { message: string }) => texts.push(info.message));
      const result = await request.batch(
        "SELECT 1 AS a; PRINT 'between'; SELECT TOP 3000 * FROM SalesDB.sales.Orders; USE SalesDB; SELECT DB_NAME() AS d",
      );
      const sets = result.recordsets as mssql.IRecordSet<Record<string, unknown>>[];
      expect(sets.map((set) => set.length)).toEqual([1, 3000, 1]);
      expect(sets[1]?.[2999]).toMatchObject({ OrderId: "3000" });
      expect(texts).toEqual(["between", "Changed database context to 'SalesDB'."]);
      expect(result.rowsAffected).toEqual([1, 3000, 1]);
    });
  });

  it("gives errors with number, state, class and line, the earlier ones first", async () => {
    await withPool({}, async (pool) => {
      await expect(pool.request().batch("\nSELECT 1 FROM nowhere")).rejects.toMatchObject({
        number: 208,
        class: 16,
        state: 1,
        lineNumber: 2,
        message: "Invalid object name 'nowhere'.",
      });
      const failure = pool.query("BACKUP DATABASE SalesDB TO DISK = 'Z:\\x.bak'");
      await expect(failure).rejects.toMatchObject({
        number: 3013,
        message: "BACKUP DATABASE is terminating abnormally.",
        precedingErrors: [
          {
            number: 3201,
            message:
              "Cannot open backup device 'Z:\\x.bak'. Operating system error 3(The system cannot find the path specified.).",
          },
        ],
      });
      expect((await pool.query("SELECT 1 AS alive")).recordset).toEqual([{ alive: 1 }]);
    });
  });

  it("runs stored procedures with output, prepared statements and transactions", async () => {
    await withPool({}, async (pool) => {
      const path = "D:\\Backup\\run1";
      expect((await pool.request().input("path", path).execute("xp_create_subdir")).returnValue).toBe(0);
      const drives = await pool.query("EXEC master.dbo.xp_fixeddrives");
      expect(drives.recordset[0]).toEqual({ drive: "C", "MB free": 217_088 });
      const output = await pool
        .request()
        .output("twice", mssql.Int)
        .input("n", 21)
        .query("SET @twice = @n * 2");
      expect(output.output).toEqual({ twice: 42 });
      const prepared = new mssql.PreparedStatement(pool);
      prepared.input("n", mssql.Int);
      await prepared.prepare("SELECT @n + 1 AS n");
      expect((await prepared.execute({ n: 1 })).recordset).toEqual([{ n: 2 }]);
      expect((await prepared.execute({ n: 5 })).recordset).toEqual([{ n: 6 }]);
      await prepared.unprepare();
      const transaction = new mssql.Transaction(pool);
      await transaction.begin();
      await expect(
        transaction.request().query("BACKUP DATABASE SalesDB TO DISK = 'D:\\Backup\\x.bak'"),
      ).rejects.toMatchObject({ number: 3013, precedingErrors: [{ number: 3021 }] });
      await transaction.rollback();
    });
  });
});

describe("attention", () => {
  it("cancels a running statement and leaves the connection usable", async () => {
    await withPool({}, async (pool) => {
      const spid = async () => (await pool.query("SELECT @@SPID AS s")).recordset[0].s;
      const before = await spid();
      for (const mode of ["batch", "query"] as const) {
        const request = pool.request();
        const seen = new Promise((resolve) => request.once("info", resolve));
        const running = request[mode]("RAISERROR('started', 0, 1) WITH NOWAIT; WHILE 1 = 1 SET NOCOUNT ON");
        await seen;
        request.cancel();
        await expect(running).rejects.toMatchObject({ code: "ECANCEL" });
        expect(await spid()).toBe(before);
      }
      const timed = new mssql.Request(pool);
      Object.assign(timed, { overrides: { requestTimeout: 60 } });
      await expect(timed.query("WHILE 1 = 1 SET NOCOUNT ON")).rejects.toMatchObject({ code: "ETIMEOUT" });
      expect(await spid()).toBe(before);
    });
  });

  it("an endless loop can be cancelled too", async () => {
    await withPool({}, async (pool) => {
      const request = pool.request();
      const seen = new Promise((resolve) => request.once("info", resolve));
      const running = request.batch("RAISERROR('x', 0, 1) WITH NOWAIT; WHILE 1 = 1 BEGIN SET NOCOUNT ON END");
      await seen;
      request.cancel();
      await expect(running).rejects.toMatchObject({ code: "ECANCEL" });
    });
  });
});

describe("a client that speaks something else", () => {
  it("is disconnected, and others are served on", async () => {
    const socket = createConnection({ port: server.port, host: "127.0.0.1" });
    const closed = new Promise((resolve) => socket.on("close", resolve));
    socket.on("error", () => {});
    socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".padEnd(30_000, "x"));
    socket.end();
    await closed;
    await withPool({}, async (pool) =>
      expect((await pool.query("SELECT 1 AS n")).recordset).toEqual([{ n: 1 }]),
    );
  });
});

const TSQL = "/usr/bin/tsql";

function tsql(input: string, password = PASSWORD): Promise<string> {
  const args = ["-H", "127.0.0.1", "-p", String(server.port), "-U", "sa", "-P", password];
  const child = spawn(TSQL, args, {
    env: { ...process.env, TDSVER: "7.4", LC_ALL: "C.UTF-8", LANG: "C.UTF-8" },
  });
  let output = "";
  child.stdout.on("data", (bytes: Buffer) => {
    output += bytes.toString("utf8");
  });
  child.stderr.on("data", (bytes: Buffer) => {
    output += bytes.toString("utf8");
  });
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => resolve(output));
  });
}

describe.runIf(existsSync(TSQL))("FreeTDS tsql", () => {
  it("logs in, selects and prints messages", async () => {
    const output = await tsql(
      "SELECT @@VERSION\ngo\nSELECT name, database_id FROM sys.databases WHERE name = 'SalesDB'\ngo\nPRINT N'中'\ngo\nSELECT CONVERT(numeric(25,0), '12345670000000098700001'), CAST('2026-03-30T01:02:03' AS datetime), CAST(1 AS bit)\ngo\nexit\n",
    );
    expect(output).toContain("Microsoft SQL Server 2019");
    expect(output).toMatch(/SalesDB\s+5/);
    expect(output).toContain("12345670000000098700001");
    expect(output).toContain("Mar 30 2026");
  });
  it("is refused with a wrong password", async () => {
    const output = await tsql("SELECT 1\ngo\nexit\n", "wrong");
    expect(output).toContain("18456");
    expect(output).toContain("Login failed for user 'sa'.");
  });
});

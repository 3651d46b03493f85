import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import mssql from "mssql";
import { afterEach, describe, expect, it } from "vitest";
import { startForTest, type TestSqlServer } from "../testing/started-server-fixture";
import { readBackupFile } from "./backup-file";

const open: { server: TestSqlServer; pool: mssql.ConnectionPool }[] = [];
afterEach(async () => {
  const all = open.splice(0);
  for (const { server, pool } of all) {
    await pool.close();
    await server.stop();
  }
  // Two servers may have had one folder in turn.
  for (const { server } of all) await server.close();
});

async function start(options: Parameters<typeof startForTest>[0] = {}) {
  const server = await startForTest(options);
  const pool = await server.connect({ requestTimeout: 0 });
  open.push({ server, pool });
  const rows = async (sql: string) => (await pool.query(sql)).recordset as Record<string, unknown>[];
  const backup = (what: "DATABASE" | "LOG", file: string, options = "", database = "SalesDB") =>
    pool.query(`BACKUP ${what} [${database}] TO DISK = N'D:\\Backup\\${file}' WITH INIT, FORMAT${options}`);
  const failure = async (sql: string) => {
    const error: unknown = await pool.query(sql).then(
      () => null,
      (reason: unknown) => reason,
    );
    if (!(error instanceof mssql.RequestError)) return [];
    const before =
      (error as mssql.RequestError & { precedingErrors?: { number: number }[] }).precedingErrors ?? [];
    return [...before.map((e) => e.number), error.number];
  };
  return { server, pool, rows, backup, failure };
}

describe("a backup", () => {
  it("writes a real file, tells its progress while it runs, and msdb agrees with the header", async () => {
    const { server, pool, rows } = await start({ timeFactor: 300 });
    const request = pool
      .request()
      .input("db", "SalesDB")
      .input("path", "D:\\Backup\\full1.bak")
      .input("name", "n 1")
      .input("d", "描述");
    const infos: { number: number; text: string; at: number; bytes: number }[] = [];
    const file = join(server.localFolder, "full1.bak");
    request.on("info", (info: { number: number; message: string }) => {
      const bytes = existsSync(file) ? statSync(file).size : 0;
      infos.push({ number: info.number, text: info.message, at: Date.now(), bytes });
    });
    const watcher = await server.connect();
    const running = request.query(
      "BACKUP DATABASE @db TO DISK = @path WITH FORMAT, INIT, CHECKSUM, COMPRESSION, STATS = 5, NAME = @name, DESCRIPTION = @d",
    );
    let seen: Record<string, unknown> | undefined;
    while (seen === undefined) {
      const found = await watcher.query(
        "SELECT command, DB_NAME(database_id) AS db, percent_complete AS percent_, CONVERT(int, estimated_completion_time) AS eta FROM sys.dm_exec_requests WHERE percent_complete > 0",
      );
      seen = found.recordset[0];
    }
    await running;
    await watcher.close();
    expect(seen).toMatchObject({ command: "BACKUP DATABASE", db: "SalesDB" });
    expect(seen.eta).toBeGreaterThan(0);
    const percents = infos.filter((i) => i.number === 3211);
    expect(percents.map((i) => i.text)).toEqual(
      Array.from({ length: 20 }, (_u, i) => `${5 * (i + 1)} percent processed.`),
    );
    expect((percents[19]?.at ?? 0) - (percents[0]?.at ?? 0)).toBeGreaterThan(200);
    expect(percents[2]?.bytes).toBeLessThan(statSync(file).size / 2);
    expect(infos.filter((i) => i.number !== 3211).map((i) => i.number)).toEqual([4035, 4035, 3014]);
    expect(infos.at(-1)?.text).toMatch(
      /^BACKUP DATABASE successfully processed \d+ pages in \d+\.\d{3} seconds \(\d+\.\d{3} MB\/sec\)\.$/,
    );

    const reading = await readBackupFile(file);
    if (!reading.ok) throw new Error(reading.error.message);
    expect(reading.complete).toBe(true);
    const [row] = await rows(
      "SELECT CONVERT(varchar(25), first_lsn) AS f, CONVERT(varchar(25), last_lsn) AS l, CONVERT(varchar(25), checkpoint_lsn) AS c, backup_set_uuid AS u, type, name, description, compressed_backup_size AS z, CONVERT(varchar(23), backup_start_date, 126) AS s FROM msdb.dbo.backupset WHERE name = 'n 1'",
    );
    const [set] = reading.sets;
    expect(row).toEqual({
      f: String(set?.firstLsn),
      l: String(set?.lastLsn),
      c: String(set?.checkpointLsn),
      u: set?.backupSetGuid,
      type: "D",
      name: "n 1",
      description: "描述",
      z: set?.compressedSizeBytes,
      s: set?.startedAt,
    });
    expect(statSync(file).size).toBeGreaterThan(16_000_000);
    expect(statSync(file).size).toBeLessThan(32_000_000);
    expect(Math.abs(statSync(file).size - Number(row?.z))).toBeLessThan(100_000);
    const header = await rows("RESTORE HEADERONLY FROM DISK = 'd:\\backup\\FULL1.bak'");
    expect(header[0]).toMatchObject({
      BackupType: 1,
      DatabaseName: "SalesDB",
      Compressed: true,
      BackupName: "n 1",
    });
    expect(
      (await rows("RESTORE FILELISTONLY FROM DISK = 'D:\\Backup\\full1.bak'")).map((f) => f.LogicalName),
    ).toEqual(["SalesDB", "SalesDB_log"]);
    expect(await rows("RESTORE LABELONLY FROM DISK = 'D:\\Backup\\full1.bak'")).toHaveLength(1);
  });

  it("is rolled back by an attention: no file, no row, and the next one may run", async () => {
    const { server, pool, rows, backup } = await start({ timeFactor: 20 });
    const request = pool.request();
    const started = new Promise((resolve) => request.once("info", resolve));
    const running = request.query(
      "BACKUP DATABASE SalesDB TO DISK = 'D:\\Backup\\gone.bak' WITH STATS = 1, NAME = 'gone'",
    );
    await started;
    expect(existsSync(join(server.localFolder, "gone.bak"))).toBe(true);
    request.cancel();
    await expect(running).rejects.toMatchObject({ code: "ECANCEL" });
    expect(readdirSync(server.localFolder)).toEqual([]);
    expect(await rows("SELECT 1 AS x FROM msdb.dbo.backupset WHERE name = 'gone'")).toEqual([]);
    await backup("LOG", "next.trn");
  });

  it("is rolled back when its connection is lost or the server stops", async () => {
    const { server } = await start({ timeFactor: 5 });
    const other = await server.connect({ requestTimeout: 0 });
    const request = other.request();
    const started = new Promise((resolve) => request.once("info", resolve));
    const running = request
      .query("BACKUP DATABASE SalesDB TO DISK = 'D:\\Backup\\lost.bak' WITH STATS = 1")
      .catch((e: unknown) => e);
    await started;
    await server.stop();
    expect(await running).toBeInstanceOf(Error);
    await other.close();
    expect(existsSync(join(server.localFolder, "lost.bak"))).toBe(false);
  });

  it("appends without INIT, and keeps the earlier set when the second is cancelled", async () => {
    const { server, rows, backup, pool } = await start();
    await backup("DATABASE", "two.bak");
    await pool.query("BACKUP LOG SalesDB TO DISK = 'D:\\Backup\\two.bak'");
    const positions = async () =>
      (await rows("RESTORE HEADERONLY FROM DISK = 'D:\\Backup\\two.bak'")).map((r) => [
        r.Position,
        r.BackupType,
      ]);
    expect(await positions()).toEqual([
      [1, 1],
      [2, 2],
    ]);
    const before = readFileSync(join(server.localFolder, "two.bak"));
    const request = pool.request();
    const started = new Promise((resolve) => request.once("info", resolve));
    const running = request.query("BACKUP DATABASE SalesDB TO DISK = 'D:\\Backup\\two.bak' WITH STATS = 1");
    await started;
    request.cancel();
    await expect(running).rejects.toMatchObject({ code: "ECANCEL" });
    expect(readFileSync(join(server.localFolder, "two.bak")).equals(before)).toBe(true);
  });
});

describe("what cannot be done now", () => {
  it("is refused with SQL Server's numbers, 3013 last", async () => {
    const { server, failure, backup } = await start();
    const to = "TO DISK = 'D:\\Backup\\x.bak'";
    expect(await failure(`BACKUP LOG LegacyCRM ${to}`)).toEqual([4208, 3013]);
    expect(await failure(`BACKUP LOG HRDB ${to}`)).toEqual([4214, 3013]);
    expect(await failure(`BACKUP DATABASE HRDB ${to} WITH DIFFERENTIAL`)).toEqual([3035, 3013]);
    expect(await failure(`BACKUP DATABASE nowhere ${to}`)).toEqual([911, 3013]);
    expect(await failure(`BACKUP LOG SalesDB ${to} WITH NORECOVERY`)).toEqual([3101, 3013]);
    expect(await failure("BACKUP LOG SalesDB TO DISK = 'E:\\x.bak'")).toEqual([3201, 3013]);
    expect(await failure("BACKUP LOG SalesDB TO DISK = 'D:\\Backup\\no\\x.bak'")).toEqual([3201, 3013]);
    expect(await failure("BACKUP LOG SalesDB TO DISK = 'D:\\Backup\\..\\x.bak'")).toEqual([3201, 3013]);
    expect(await failure(`BACKUP LOG SalesDB ${to} WITH NOSUCH`)).toEqual([155]);
    expect(await failure("RESTORE HEADERONLY FROM DISK = 'D:\\Backup\\x.bak'")).toEqual([3201, 3013]);
    writeFileSync(join(server.localFolder, "x.bak"), "no backup at all");
    expect(await failure("RESTORE HEADERONLY FROM DISK = 'D:\\Backup\\x.bak'")).toEqual([3242, 3013]);
    expect(await failure("RESTORE DATABASE SalesDB WITH RECOVERY")).toEqual([3153, 3013]);
    await backup("DATABASE", "whole.bak");
    const whole = readFileSync(join(server.localFolder, "whole.bak"));
    writeFileSync(join(server.localFolder, "part.bak"), whole.subarray(0, whole.length / 2));
    expect(await failure("RESTORE VERIFYONLY FROM DISK = 'D:\\Backup\\part.bak'")).toEqual([3256, 3013]);
    expect(await failure("RESTORE VERIFYONLY FROM DISK = 'D:\\Backup\\whole.bak' WITH CHECKSUM")).toEqual([
      3187, 3013,
    ]);
    expect(await failure("RESTORE VERIFYONLY FROM DISK = 'D:\\Backup\\whole.bak'")).toEqual([]);
  });

  it("one data backup at a time, log backups beside it", async () => {
    const { server, pool, backup } = await start({ timeFactor: 40 });
    const other = await server.connect({ requestTimeout: 0 });
    const request = other.request();
    const started = new Promise((resolve) => request.once("info", resolve));
    const running = request.query("BACKUP DATABASE SalesDB TO DISK = 'D:\\Backup\\slow.bak' WITH STATS = 1");
    await started;
    await expect(backup("DATABASE", "b.bak", ", DIFFERENTIAL")).rejects.toMatchObject({
      precedingErrors: [{ number: 3023 }],
    });
    await expect(pool.query("RESTORE HEADERONLY FROM DISK = 'D:\\Backup\\slow.bak'")).rejects.toMatchObject({
      precedingErrors: [{ number: 3201, message: expect.stringContaining("Operating system error 32(") }],
    });
    await backup("LOG", "during.trn");
    await running;
    await other.close();
    const { recordset } = await pool.query(
      "SELECT TOP 2 type, CONVERT(varchar(25), first_lsn) AS f, CONVERT(varchar(25), last_lsn) AS l FROM msdb.dbo.backupset WHERE database_name = 'SalesDB' ORDER BY backup_set_id DESC",
    );
    const [full, log] = recordset;
    expect([full.type, log.type]).toEqual(["D", "L"]);
    expect(BigInt(log.l)).toBeLessThan(BigInt(full.l));
  });
});

describe("a cutover on the source", () => {
  const state =
    "SELECT state_desc AS s, user_access_desc AS a, CONVERT(varchar(36), r.recovery_fork_guid) AS fork FROM sys.databases AS d JOIN sys.database_recovery_status AS r ON r.database_id = d.database_id WHERE d.name = 'SalesDB'";

  it("stops the writes, takes the tail, comes back on a new fork, and survives a restart", async () => {
    const { server, rows, backup, failure } = await start();
    await backup("DATABASE", "f.bak");
    const [before] = await rows(state);
    expect(await failure("ALTER DATABASE SalesDB SET SINGLE_USER WITH NO_WAIT")).toEqual([5070, 5069]);
    await rows("ALTER DATABASE SalesDB SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE; SELECT 1 AS x");
    const count = "SELECT SUM(p.rows) AS n FROM SalesDB.sys.partitions AS p";
    const [counted] = await rows(count);
    expect(
      await rows("SELECT session_id FROM sys.dm_exec_sessions WHERE database_id = DB_ID('SalesDB')"),
    ).toEqual([]);
    expect(await rows(count)).toEqual([counted]);
    await backup("LOG", "tail.trn", ", NORECOVERY");
    expect((await rows(state))[0]).toMatchObject({
      s: "RESTORING",
      a: "RESTRICTED_USER",
      fork: before?.fork,
    });
    expect(await failure("BACKUP LOG SalesDB TO DISK = 'D:\\Backup\\no.trn'")).toEqual([927, 3013]);
    expect(await failure("SELECT COUNT(*) FROM SalesDB.sales.Orders")).toEqual([927]);
    expect(await failure("USE SalesDB")).toEqual([927]);
    expect(await failure("ALTER DATABASE SalesDB SET MULTI_USER")).toEqual([5052, 5069]);
    expect((await rows("RESTORE HEADERONLY FROM DISK = 'D:\\Backup\\tail.trn'"))[0]).toMatchObject({
      IsForceOffline: true,
    });

    const history =
      "SELECT COUNT(*) AS n, MAX(CONVERT(varchar(25), last_lsn)) AS l FROM msdb.dbo.backupset WHERE database_name = 'SalesDB'";
    const [saved] = await rows(history);
    await server.stop();
    const again = await start({ folder: server.folder });
    expect(await again.rows(history)).toEqual([saved]);
    expect((await again.rows(state))[0]).toMatchObject({ s: "RESTORING", fork: before?.fork });
    await again.pool.query("RESTORE DATABASE SalesDB WITH RECOVERY");
    const [after] = await again.rows(state);
    expect(after).toMatchObject({ s: "ONLINE", a: "RESTRICTED_USER" });
    expect(after?.fork).not.toBe(before?.fork);
    await again.pool.query("ALTER DATABASE SalesDB SET MULTI_USER");
    await again.backup("LOG", "after.trn");
    const [log] = await again.rows(
      "SELECT TOP 1 first_recovery_fork_guid AS a, last_recovery_fork_guid AS b, CONVERT(varchar(25), first_lsn) AS f, CONVERT(varchar(25), fork_point_lsn) AS p FROM msdb.dbo.backupset ORDER BY backup_set_id DESC",
    );
    expect(log).toEqual({ a: before?.fork, b: after?.fork, f: saved?.l, p: saved?.l });
  });

  it("a switch through SIMPLE breaks the log chain until the next data backup", async () => {
    const { rows, backup, failure, pool } = await start();
    await pool.query("ALTER DATABASE SalesDB SET RECOVERY SIMPLE");
    await pool.query("ALTER DATABASE SalesDB SET RECOVERY FULL");
    expect(await failure("BACKUP LOG SalesDB TO DISK = 'D:\\Backup\\a.trn'")).toEqual([4214, 3013]);
    await backup("DATABASE", "copy.bak", ", COPY_ONLY");
    expect(await failure("BACKUP LOG SalesDB TO DISK = 'D:\\Backup\\a.trn'")).toEqual([4214, 3013]);
    await backup("DATABASE", "d.bak", ", DIFFERENTIAL");
    await backup("LOG", "a.trn");
    const [log] = await rows(
      "SELECT TOP 1 type, begins_log_chain AS b FROM msdb.dbo.backupset ORDER BY backup_set_id DESC",
    );
    expect(log).toEqual({ type: "L", b: true });
  });
});

describe("the scenario gap", () => {
  it("takes one foreign log backup, so that the next file does not follow the last", async () => {
    const { server, rows, backup } = await start({ scenario: "gap" });
    await backup("DATABASE", "f.bak");
    await backup("LOG", "l1.trn");
    await backup("LOG", "l2.trn");
    await backup("LOG", "l3.trn");
    const logs = await rows(
      "SELECT CONVERT(varchar(25), b.first_lsn) AS f, CONVERT(varchar(25), b.last_lsn) AS l, b.user_name AS u, m.physical_device_name AS p FROM msdb.dbo.backupset AS b JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id WHERE b.type = 'L' AND b.database_name = 'SalesDB' AND b.backup_start_date > DATEADD(minute, -5, GETDATE()) ORDER BY b.backup_set_id",
    );
    expect(logs.map((l) => String(l.p).slice(0, 9))).toEqual([
      "D:\\Backup",
      "E:\\AgentB",
      "D:\\Backup",
      "D:\\Backup",
    ]);
    const [first, foreign, second, third] = logs;
    expect(foreign?.f).toBe(first?.l);
    expect(second?.f).toBe(foreign?.l);
    expect(third?.f).toBe(second?.l);
    expect(BigInt(String(second?.f))).toBeGreaterThan(BigInt(String(first?.l)));
    expect(foreign?.u).toContain("nightly_agent");
    expect(readdirSync(server.localFolder).sort()).toEqual(["f.bak", "l1.trn", "l2.trn", "l3.trn"]);
    // The missing piece exists where the other tool put it; its owner can hand it over.
    const [agentFile] = readdirSync(join(server.folder, "AgentBackup"));
    copyFileSync(
      join(server.folder, "AgentBackup", String(agentFile)),
      join(server.localFolder, "found.trn"),
    );
    const [header] = await rows("RESTORE HEADERONLY FROM DISK = 'D:\\Backup\\found.trn'");
    expect(header).toMatchObject({ BackupType: 2, DatabaseName: "SalesDB" });
  });
});

describe("DBCC CHECKDB", () => {
  it("reports each table, or nothing with NO_INFOMSGS, and is remembered", async () => {
    const { pool, rows } = await start();
    const run = async (sql: string) => {
      const request = pool.request();
      const lines: string[] = [];
      request.on("info", (info: { message: string }) => lines.push(info.message));
      await request.query(sql);
      return lines;
    };
    const lines = await run("DBCC CHECKDB ([SalesDB]) WITH ALL_ERRORMSGS");
    expect(lines).toContain(
      "CHECKDB found 0 allocation errors and 0 consistency errors in database 'SalesDB'.",
    );
    expect(lines.at(-1)).toMatch(/^DBCC execution completed\./);
    expect(lines.some((l) => l.includes('for object "sales.Orders"'))).toBe(true);
    expect(await run("DBCC CHECKDB (N'SalesDB') WITH NO_INFOMSGS, ALL_ERRORMSGS")).toEqual([]);
    const [last] = await rows(
      "SELECT DATEDIFF(second, CONVERT(datetime, DATABASEPROPERTYEX('SalesDB', 'LastGoodCheckDbTime')), GETDATE()) AS ago",
    );
    expect(last?.ago).toBeLessThan(60);
  });
});

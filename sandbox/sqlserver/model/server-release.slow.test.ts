import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { ScenarioName } from "@/sandbox/scenario/scenario";
import { readBackupFile } from "../commands/backup-file";
import { startForTest, type TestSqlServer } from "../testing/started-server-fixture";

const servers: TestSqlServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    await server.stop();
    await server.close();
  }
});

test.each([
  ["clean", "15.0.4430.1", "15.0.4430", 904, "Enterprise", true],
  ["source-2008r2", "10.50.6000.34", "10.50.6000", 661, "Standard", false],
  ["source-2012", "11.0.7001.0", "11.0.7001", 706, "Enterprise", false],
  ["source-2014", "12.0.6329.1", "12.0.6329", 782, "Enterprise", false],
  ["source-2025-zstd", "17.0.1000.7", "17.0.1000", 998, "Enterprise", true],
] satisfies [ScenarioName, string, string, number, string, boolean][])(
  "%s: every witness names one release, and the file is that release's",
  async (scenario, productVersion, softwareVersion, databaseVersion, edition, tellsBackupFolder) => {
    const server = await startForTest({ timeFactor: 100_000, scenario });
    servers.push(server);
    const pool = await server.connect();
    const [said] = (
      await pool.query(
        `SELECT CONVERT(nvarchar(128), SERVERPROPERTY('ProductVersion')) AS v,
                CONVERT(nvarchar(128), SERVERPROPERTY('Edition')) AS e,
                CONVERT(nvarchar(260), SERVERPROPERTY('InstanceDefaultBackupPath')) AS p, @@VERSION AS t,
                DATABASEPROPERTYEX('SalesDB', 'Version') AS d`,
      )
    ).recordset as Record<string, unknown>[];
    expect(said).toMatchObject({
      v: productVersion,
      e: `${edition} Edition (64-bit)`,
      p: tellsBackupFolder ? "D:\\Backup" : null,
      t: expect.stringContaining(` - ${productVersion} (X64)`),
      d: databaseVersion,
    });
    await pool.query(
      "BACKUP DATABASE [SalesDB] TO DISK = N'D:\\Backup\\a.bak' WITH INIT, FORMAT, COMPRESSION, NAME = N'a'",
    );
    const [row] = (
      await pool.query(
        `SELECT software_major_version AS major, software_minor_version AS minor, software_build_version AS build,
                database_version AS d FROM msdb.dbo.backupset WHERE name = 'a'`,
      )
    ).recordset as Record<string, unknown>[];
    await pool.close();
    const reading = await readBackupFile(join(server.localFolder, "a.bak"));
    expect(reading).toMatchObject({
      ok: true,
      complete: true,
      container: "mssqlbak",
      sets: [{ type: "full", softwareVersion, databaseVersion, compressed: true }],
    });
    expect(`${row?.major}.${row?.minor}.${row?.build}`).toBe(softwareVersion);
    expect(row?.d).toBe(databaseVersion);
  },
);

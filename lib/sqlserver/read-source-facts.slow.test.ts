import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { DatabaseTraits, ServerTraits } from "@/sandbox/sqlserver/model/traits";
import { type RunningSqlServer, startSqlServer } from "@/sandbox/sqlserver/start-sqlserver";
import { connectSourceServer } from "./connect-source-server";
import type { SourceServer } from "./source-server";

let folder: string;
let server: RunningSqlServer;
let source: SourceServer;
const login = { host: "127.0.0.1", user: "sa", password: "Sandbox-1", trustServerCertificate: true };

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "source-facts-"));
  server = await startSqlServer({ ...login, folder, timeFactor: 600, scenario: "clean" });
  source = await connectSourceServer({ ...login, port: server.port, encrypt: "off" });
});
afterEach(() => play({}, {}));
afterAll(async () => {
  await source.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

function play(database: DatabaseTraits, ofServer: ServerTraits): void {
  const found = server.model.findDatabase("SalesDB");
  if (found !== null) found.traits = database;
  server.model.state.traits = ofServer;
}

describe("a healthy server", () => {
  test("tells the facts of a database in one row", async () => {
    const facts = await source.facts.database("SalesDB");
    expect(facts).toMatchObject({
      name: "SalesDB",
      state: "ONLINE",
      readOnly: false,
      snapshotOf: null,
      pageVerify: "CHECKSUM",
      mirroringRole: null,
      dataBytes: 128 * 2 ** 20,
      filestreamFiles: 0,
    });
    expect(facts?.lastLogBackupLsn).toMatch(/^\d{17,25}$/);
    expect(facts?.forkGuid).toMatch(/^[0-9A-F-]{36}$/i);
    expect(await source.facts.database("nobody")).toBeNull();
  });

  test("answers every other question", async () => {
    const { facts } = source;
    expect(await facts.availability("SalesDB")).toBeNull();
    expect(await facts.encryption("SalesDB")).toBeNull();
    expect(await facts.editionFeatures("SalesDB")).toEqual([]);
    expect(await facts.storage("SalesDB")).toMatchObject({ filestreamGroups: 0, fileTables: 0 });
    expect((await facts.storage("SalesDB")).usedBytes).toBeGreaterThan(0);
    expect(await facts.lastCheck("SalesDB")).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(await facts.lastCheck("HRDB")).toBeNull();
    expect(await facts.backupJobs()).toEqual([]);
    expect(await facts.encryptedBackups({ database: "SalesDB", days: 7 })).toBe(0);
    expect(await facts.maintenance("SalesDB")).toEqual([]);
    expect((await facts.drives()).get("D")).toBeGreaterThan(2 ** 30);
    expect((await facts.logRate("SalesDB")).bytesPerMinute).toBeGreaterThan(0);
    expect((await facts.logPeak({ database: "SalesDB", days: 7 }))?.bytes).toBeGreaterThan(0);
    expect(Math.abs(Date.parse(await facts.utcTime()) - Date.now())).toBeLessThan(60_000);
  });

  test("names those who backed it up, newest first", async () => {
    const owners = await source.facts.backupOwners({ database: "SalesDB", days: 7 });
    expect(owners.map((owner) => owner.type).sort()).toEqual(["D", "L"]);
    expect(owners[0]).toMatchObject({ copyOnly: false, snapshot: false, deviceType: 2 });
    expect(await source.facts.backupOwners({ database: "HRDB", days: 7 })).toEqual([]);
  });

  test("every right is tried", async () => {
    const rights = await source.facts.rights("SalesDB");
    expect(rights).toMatchObject({ login: "sa", sysadmin: true });
    expect(Object.values(rights).filter((value) => value === false || value === null)).toEqual([]);
  });
});

test("what a DBA may meet is seen", async () => {
  play(
    {
      filestream: true,
      fileTables: 2,
      memoryOptimized: true,
      editionFeatures: ["ColumnStoreIndex"],
      availabilityRole: "SECONDARY",
      mirroringRole: "PRINCIPAL",
      published: true,
      pageVerify: "NONE",
      logReuseWait: "REPLICATION",
      running: { command: "BACKUP DATABASE", login: "CORP\\veeam", program: "Veeam", percent: 40 },
    },
    { jobs: [{ name: "Nightly", command: "BACKUP LOG [SalesDB] TO DISK = N'x'", database: "master" }] },
  );
  const { facts } = source;
  expect(await facts.storage("SalesDB")).toMatchObject({
    filestreamGroups: 1,
    memoryGroups: 1,
    fileTables: 2,
  });
  expect(await facts.editionFeatures("SalesDB")).toEqual(["ColumnStoreIndex"]);
  expect(await facts.availability("SalesDB")).toEqual({ group: "AG-PROD", role: "SECONDARY" });
  expect(await source.listReplicas("SalesDB")).toEqual(["PROD-SQL-02"]);
  expect(await facts.database("SalesDB")).toMatchObject({
    mirroringRole: "PRINCIPAL",
    published: true,
    pageVerify: "NONE",
    logReuseWait: "REPLICATION",
    filestreamFiles: 1,
  });
  expect(await facts.maintenance("SalesDB")).toMatchObject([
    { command: "BACKUP DATABASE", login: "CORP\\veeam", program: "Veeam", percent: 40 },
  ]);
  expect((await facts.backupJobs()).map((job) => job.job)).toEqual(["Nightly"]);
});

test.each(["SQL_Latin1_General_CP1_CS_AS", "Turkish_CI_AS", "Chinese_PRC_BIN2"])(
  "backup jobs and history are found on a server of %s",
  async (collation) => {
    const job = (name: string, command: string) => ({ name, command, database: "master" });
    play(
      {},
      {
        collation,
        jobs: [
          job("a", "backup log [SalesDB] to disk = N'x'"),
          job("b", "Exec Dbo.DATABASEBACKUP @Databases = 'USER_DATABASES'"),
          job("c", "EXEC master..SQLLOGSHIP @p = 1"),
          job("d", "ALTER INDEX ALL ON t REBUILD"),
        ],
      },
    );
    expect((await source.identify()).collation).toBe(collation);
    expect((await source.facts.backupJobs()).map((found) => found.job)).toEqual(["a", "b", "c"]);
    expect((await source.facts.database("SalesDB"))?.name).toBe("SalesDB");
    expect((await source.listBackups({ database: "SalesDB", limit: 3 })).length).toBeGreaterThan(0);
    expect((await source.facts.backupOwners({ database: "SalesDB", days: 7 })).length).toBeGreaterThan(0);
    const isExact = !collation.includes("CI");
    expect(await source.listBackups({ database: "salesdb", limit: 3 })).toHaveLength(isExact ? 0 : 3);
  },
);

test("msdb is asked for the database itself: by old names too, without an older one of its name", async () => {
  const { model } = server;
  const database = model.findDatabase("SalesDB");
  const own = model.state.backups.filter((one) => one.database === "SalesDB");
  const [oldest, second] = own;
  if (!database || !oldest || !second) throw new Error("the sandbox has no history");
  const limit = 1_000;
  const names = async () =>
    (await source.listBackups({ database: "SalesDB", limit })).map((one) => one.database);
  const before = await names();
  // Renamed since; and another database that had the name before it.
  oldest.database = "OldSales";
  const { databaseGuid, familyGuid } = second;
  second.databaseGuid = "DDDDDDDD-0000-4000-8000-000000000001";
  second.familyGuid = "DDDDDDDD-0000-4000-8000-000000000002";
  try {
    const after = await names();
    expect(after).toHaveLength(before.length - 1);
    expect(after.filter((name) => name === "OldSales")).toHaveLength(1);
    expect((await source.readBackupHistory("SalesDB")).backupCount).toBe(before.length - 1);
    const all = await source.findFullBackups({ database: "SalesDB", baseGuid: null, baseLsn: null });
    expect(all.map((one) => one.backupSetGuid)).not.toContain(second.guid);
  } finally {
    oldest.database = "SalesDB";
    Object.assign(second, { databaseGuid, familyGuid });
  }
});

test("a missing right is an error of the server, or a false", async () => {
  play({}, { denied: ["VIEW SERVER STATE", "SELECT backupset", "EXECUTE xp_create_subdir"] });
  await expect(source.facts.encryption("SalesDB")).rejects.toMatchObject({ fields: { kind: "forbidden" } });
  await expect(source.facts.backupOwners({ database: "SalesDB", days: 7 })).rejects.toMatchObject({
    fields: { kind: "forbidden", providerCode: "229" },
  });
  await expect(source.facts.createFolder("D:\\Backup\\x")).rejects.toMatchObject({
    fields: { kind: "forbidden" },
  });
  expect(await source.facts.rights("SalesDB")).toMatchObject({
    sysadmin: false,
    viewServerState: false,
    selectBackupset: false,
    backupLog: true,
  });
});

test("an older version is asked in its own words", async () => {
  play({}, { productVersion: "10.50.6000.34" });
  const older = await connectSourceServer({ ...login, port: server.port, encrypt: "off" });
  expect(await older.facts.lastCheck("SalesDB")).toMatch(/^\d{4}-\d\d-\d\dT/);
  expect(await older.facts.availability("SalesDB")).toBeNull();
  expect(await older.facts.encryptedBackups({ database: "SalesDB", days: 7 })).toBeNull();
  await older.close();
});

test("a clock that is wrong shows", async () => {
  play({}, { clockOffsetSeconds: 900 });
  const ahead = Date.parse(await source.facts.utcTime()) - Date.now();
  expect(Math.round(ahead / 60_000)).toBe(15);
});

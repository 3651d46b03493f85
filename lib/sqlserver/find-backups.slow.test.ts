import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningSqlServer, startSqlServer } from "@/sandbox/sqlserver/start-sqlserver";
import { connectSourceServer } from "./connect-source-server";
import { isFetchable, toRecordedBackups } from "./recorded-backup";
import type { SourceBackupRow, SourceServer } from "./source-server";

let folder: string;
let server: RunningSqlServer;
let source: SourceServer;
let database: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "find-backups-"));
  const login = { host: "127.0.0.1", user: "sa", password: "Sandbox-1" };
  server = await startSqlServer({ ...login, folder, timeFactor: 600, scenario: "gap" });
  source = await connectSourceServer({
    ...login,
    port: server.port,
    encrypt: "on",
    trustServerCertificate: true,
  });
  const full = (await source.listDatabases()).find((found) => found.recoveryModel === "FULL");
  database = full?.name ?? "";
});
afterAll(async () => {
  await source.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function take(kind: "full" | "log", file: string): Promise<SourceBackupRow> {
  const name = `chainferry test ${file}`;
  const at = `${server.backupFolder}${file}`;
  await source.backup({ database, kind, path: at, name, description: "of a test", compression: true });
  const row = await source.findBackup({ database, name });
  if (!row) throw new Error(`msdb has no ${name}`);
  return row;
}

test("the log backup that another tool took is found by the LSNs that are missing", async () => {
  const full = await take("full", "full.bak");
  const before = await take("log", "log1.trn");
  const after = await take("log", "log2.trn");
  const { lastLsn: fromLsn } = before;
  const { firstLsn: toLsn } = after;
  if (fromLsn === null || toLsn === null) throw new Error("msdb gave no LSNs");
  expect(BigInt(toLsn)).toBeGreaterThan(BigInt(fromLsn));

  const found = await source.findBackupsInRange({ database, fromLsn, toLsn });
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({
    kind: "log",
    firstLsn: fromLsn,
    lastLsn: toLsn,
    position: 1,
    copyOnly: false,
    userName: expect.stringContaining("nightly_agent"),
    softwareName: "NightlyAgent",
    devices: [{ sequence: 1, kind: "disk", path: expect.stringMatching(/Agent\d+\.trn$/) }],
  });

  // An end that is shut at the other side: neither neighbour holds a single LSN of the range.
  const open = await source.findBackupsInRange({ database, fromLsn, toLsn: null });
  expect(open.map((one) => one.firstLsn)).toEqual([fromLsn, toLsn]);

  const base = await source.findFullBackups({ database, baseGuid: full.backupSetGuid, baseLsn: null });
  expect(base.map((one) => one.backupSetGuid)).toEqual([full.backupSetGuid]);
  const byLsn = await source.findFullBackups({ database, baseGuid: null, baseLsn: full.checkpointLsn });
  expect(byLsn).toEqual(base);
  const any = await source.findFullBackups({ database, baseGuid: null, baseLsn: null });
  expect(any[0]?.backupSetGuid).toBe(full.backupSetGuid);

  const history = await source.readBackupHistory(database);
  expect(history.backupCount).toBeGreaterThanOrEqual(4);
  expect(BigInt(history.oldestFirstLsn ?? -1)).toBeLessThanOrEqual(BigInt(full.firstLsn ?? -1));
  expect(await source.readBackupHistory("no such database")).toEqual({
    backupCount: 0,
    oldestLocal: null,
    oldestFirstLsn: null,
  });
}, 60_000);

test("stripes become one set, and a device says what it is", () => {
  const row = (sequence: number, device: number) => ({
    backup_set_id: 7,
    backup_type: "L",
    family_sequence: sequence,
    physical_device_name: `stripe ${sequence}`,
    device_type: device,
  });
  const [set, ...others] = toRecordedBackups([row(1, 102), row(2, 7), row(3, 9), row(4, 42)]);
  expect(others).toEqual([]);
  expect(set?.devices.map((one) => one.kind)).toEqual(["disk", "virtual", "url", "other"]);
});

test.each(["NUL", "nul", "NUL:", "\\\\.\\NUL", "/dev/null"])("%s is the null device, and no file", (path) => {
  const row = { backup_set_id: 7, backup_type: "L", physical_device_name: path, device_type: 2 };
  const [set] = toRecordedBackups([row]);
  expect(set?.devices).toMatchObject([{ kind: "discarded" }]);
  expect(set && isFetchable(set)).toBe(false);
});

test.each(["D:\\Backup\\NUL.trn", "D:\\nul\\a.trn", "/dev/nullable/a.trn"])("%s is a file", (path) => {
  const row = { backup_set_id: 7, backup_type: "L", physical_device_name: path, device_type: 2 };
  expect(toRecordedBackups([row]).every(isFetchable)).toBe(true);
});

test("of all databases at once a server says of each what it says of one", async () => {
  const guards = await source.readChainGuards();
  const databases = await source.listDatabases();
  for (const { name } of databases) expect(guards.get(name)).toEqual(await source.readChainGuard(name));
  expect(guards.get(database)?.nextLogFirstLsn).toMatch(/^\d+$/);
});

import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BackupSet } from "@/lib/backup/header";
import { readBackup } from "@/lib/backup/read-backup";
import { type RunningSqlServer, startSqlServer } from "@/sandbox/sqlserver/start-sqlserver";
import { connectSourceServer } from "./connect-source-server";
import type { SourceServer, SourceServerConfig } from "./source-server";

let folder: string;
let server: RunningSqlServer;
let source: SourceServer;
let database: string;

const login = { host: "127.0.0.1", user: "sa", password: "Sandbox-1", trustServerCertificate: true };
const config = (more: Partial<SourceServerConfig> = {}): SourceServerConfig => ({
  ...login,
  port: server.port,
  encrypt: "on",
  ...more,
});

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "source-contract-"));
  server = await startSqlServer({ ...login, folder, timeFactor: 600, scenario: "clean" });
  source = await connectSourceServer(config());
  const full = (await source.listDatabases()).find((found) => found.recoveryModel === "FULL");
  database = full?.name ?? "";
});
afterAll(async () => {
  await source.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

function backupOf(kind: "full" | "differential" | "log", file: string, more: { noRecovery?: boolean } = {}) {
  const name = `chainferry test ${file}`;
  return {
    database,
    kind,
    path: `${server.backupFolder}${file}`,
    name,
    description: "of a test",
    compression: true,
    ...more,
  };
}

test("says who it is, over an encrypted session", async () => {
  const identity = await source.identify();
  expect(identity.productVersion).toMatch(/^\d+\.\d+\.\d+/);
  expect(identity.localTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/);
  expect(identity).toMatchObject({ encrypted: true, isSysadmin: true });
  expect(identity.versionText).toContain("Microsoft SQL Server");
});

test("in clear when TLS is off, and says so", async () => {
  const plain = await connectSourceServer(config({ encrypt: "off" }));
  expect((await plain.identify()).encrypted).toBe(false);
  await plain.close();
});

test("a certificate that nobody vouches for is refused unless trusted", async () => {
  await expect(
    connectSourceServer(config({ host: "localhost", trustServerCertificate: false })),
  ).rejects.toMatchObject({
    fields: { kind: "unavailable", providerCode: "ETLS" },
  });
});

test("a wrong password is refused", async () => {
  await expect(connectSourceServer(config({ password: "wrong" }))).rejects.toMatchObject({
    fields: { kind: "auth", providerCode: "18456" },
  });
});

test("lists databases and finds one by name", async () => {
  const all = await source.listDatabases();
  expect(all.map((found) => found.name).sort()).toEqual([...server.databases].sort());
  const found = await source.findDatabase(database);
  expect(found).toMatchObject({ name: database, state: "ONLINE", userAccess: "MULTI_USER" });
  expect(found?.dataBytes).toBeGreaterThan(0);
  expect(await source.findDatabase("no such database")).toBeNull();
});

test("counts rows, lists sessions, tells the log since the last backup", async () => {
  const counts = await source.rowCounts(database);
  expect(Object.keys(counts).length).toBeGreaterThan(0);
  for (const table of Object.keys(counts)) expect(table).toMatch(/^\w+\..+/);
  expect(Array.isArray(await source.listSessions(database))).toBe(true);
  expect(await source.listRunningBackups(database)).toEqual([]);
  const bytes = await source.logBytesSinceBackup(database);
  expect(bytes === null || bytes >= 0).toBe(true);
});

test("takes a chain of backups, with progress, and finds them again", async () => {
  const percents: number[] = [];
  const full = backupOf("full", "full1.bak");
  await source.backup(full, { onPercent: (percent) => percents.push(percent) });
  expect(percents.at(-1)).toBe(100);
  expect(percents.length).toBeGreaterThan(1);
  expect(existsSync(path.join(server.localFolder, "full1.bak"))).toBe(true);
  await source.backup(backupOf("differential", "diff1.bak"));
  const log = backupOf("log", "log1.trn");
  await source.backup(log);

  const row = await source.findBackup({ database, name: full.name });
  expect(row).toMatchObject({ kind: "full", database, copyOnly: false, tail: false });
  expect(row?.firstLsn).toMatch(/^\d{17,25}$/);
  expect(await source.findBackup({ database, name: "never taken" })).toBeNull();
  const newest = await source.listBackups({ database, limit: 3 });
  expect(newest.map((found) => found.kind)).toEqual(["log", "differential", "full"]);
  expect(newest[1]?.differentialBaseGuid).toBe(row?.backupSetGuid);

  const [header] = await source.readHeaders(log.path);
  const logRow = newest[0];
  expect(header).toMatchObject({
    position: 1,
    type: "log",
    firstLsn: BigInt(logRow?.firstLsn ?? -1),
    lastLsn: BigInt(logRow?.lastLsn ?? -1),
    databaseName: database,
    backupSetGuid: logRow?.backupSetGuid,
  });
  await source.verifyBackup(full.path);
});

test("a backup to a folder that is not there tells the cause", async () => {
  const request = { ...backupOf("log", "x.trn"), path: "Z:\\nowhere\\x.trn" };
  await expect(source.backup(request)).rejects.toMatchObject({
    fields: { providerCode: "3201", mayHaveHappened: false },
  });
});

test("an aborted backup leaves no row", async () => {
  const abort = new AbortController();
  const request = backupOf("full", "aborted.bak");
  const running = source.backup(request, { signal: abort.signal, onPercent: () => abort.abort() });
  await expect(running).rejects.toMatchObject({ fields: { providerCode: "ECANCEL" } });
  expect(await source.findBackup({ database, name: request.name })).toBeNull();
});

test("checks a database", async () => {
  const result = await source.checkDatabase(database);
  expect(result.ok).toBe(true);
});

test("stops writes, takes the tail, and comes back", async () => {
  await source.restrictUsers(database);
  await source.restrictUsers(database);
  expect(await source.findDatabase(database)).toMatchObject({ userAccess: "RESTRICTED_USER" });
  const tail = backupOf("log", "tail.trn", { noRecovery: true });
  await source.backup(tail);
  expect(await source.findDatabase(database)).toMatchObject({ state: "RESTORING" });
  expect(await source.findBackup({ database, name: tail.name })).toMatchObject({ tail: true });
  await source.recover(database);
  await source.allowUsers(database);
  expect(await source.findDatabase(database)).toMatchObject({ state: "ONLINE", userAccess: "MULTI_USER" });
  await source.setRecoveryFull(database);
});

test("an unknown database is not found", async () => {
  await expect(source.restrictUsers("no such database")).rejects.toMatchObject({
    fields: { kind: "not_found", providerCode: "911" },
  });
});

test("the server and its history say of a file what its own bytes say", async () => {
  for (const kind of ["full", "differential", "log"] as const) {
    const request = backupOf(kind, `witness-${kind}.bak`);
    await source.backup(request);
    const file = await open(path.join(server.localFolder, `witness-${kind}.bak`));
    const { size } = await file.stat();
    const bytes = await readBackup({
      sizeBytes: size,
      read: async (offset, length) => {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset);
        return buffer.subarray(0, bytesRead);
      },
    });
    await file.close();
    const own = bytes.ok ? bytes.sets : [];
    expect(own).toHaveLength(1);
    const facts = (sets: readonly BackupSet[]) =>
      sets.map(({ type, databaseName, softwareVersion, startedAt, finishedAt, recoveryModel, ...set }) => [
        ...[type, databaseName, softwareVersion, startedAt, finishedAt, recoveryModel],
        ...[set.firstLsn, set.lastLsn, set.checkpointLsn, set.databaseBackupLsn, set.differentialBaseLsn],
        ...[set.differentialBaseGuid, set.backupSetGuid, set.familyGuid, set.lastRecoveryForkGuid],
        ...[set.copyOnly, set.tail, set.hasChecksums, set.compressed],
      ]);
    const read = await source.readHeaders(request.path);
    expect(facts(read)).toEqual(facts(own));
    const files = (set: BackupSet | undefined) =>
      set?.files.map(({ logicalName, physicalName, type, sizeBytes }) => ({
        logicalName,
        physicalName,
        type,
        sizeBytes,
      }));
    expect(files(read[0])).toEqual(files(own[0]));
    const setGuid = own[0]?.backupSetGuid ?? "";
    const recorded = await source.findRecordedSets({ setGuid });
    expect(facts(recorded)).toEqual(facts(own));
    expect(await source.findRecordedSets({ path: request.path })).toEqual(recorded);
    expect(await source.findRecordedSets({ file: `witness-${kind}.bak` })).toEqual(recorded);
    expect(await source.findRecordedSets({ file: `itness-${kind}.bak` })).toEqual([]);
  }
  expect(await source.findRecordedSets({ path: "D:\\nothing.bak" })).toEqual([]);
}, 60_000);

test("an edition that compresses no backups takes them as they are", async () => {
  server.model.state.traits = { edition: "Web Edition (64-bit)", engineEdition: 2 };
  try {
    const request = backupOf("full", "plain.bak");
    await source.backup(request);
    const row = await source.findBackup({ database, name: request.name });
    expect(row?.compressedSizeBytes).toBe(row?.sizeBytes);
    expect((await source.readHeaders(request.path))[0]).toMatchObject({ type: "full", compressed: false });
  } finally {
    server.model.state.traits = {};
  }
});

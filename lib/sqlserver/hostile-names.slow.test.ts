import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { buildBackupScript } from "@/lib/diagnosis/build-backup-script";
import {
  backupFileName,
  isRefusedName,
  joinSourcePath,
  mendedObjectKey,
  objectKeyFor,
} from "@/lib/migration/object-name";
import { addDatabase } from "@/sandbox/sqlserver/model/add-database";
import { type RunningSqlServer, startSqlServer } from "@/sandbox/sqlserver/start-sqlserver";
import { parseBatch } from "@/sandbox/sqlserver/tsql/parse-batch";
import { tokenize } from "@/sandbox/sqlserver/tsql/tokenize";
import { connectSourceServer } from "./connect-source-server";
import { runReadOnly } from "./run-read-only";
import type { SourceServer, SourceServerConfig } from "./source-server";

const NAMES = [
  "a]b'c;--",
  "x'; DROP DATABASE [SalesDB]; --",
  "[quoted]",
  "]]]",
  "%_[a-z]%",
  "$(database)",
  "$& $1 $$",
  "@db",
  "two  spaces ",
  'double"quote',
  "slash/back\\slash",
  "C:con|aux?*<>",
  "../../etc",
  "line\nGO\nbreak",
  "*/ -- /*",
  "销售数据库（生产）",
  "数据😀库",
  "长".repeat(128),
  "n".repeat(128),
  "]".repeat(128),
];
/** All are on the server and listed; so many go all the way. */
const PLAYED = inject("long") ? NAMES : NAMES.filter((_, index) => index % 3 === 0);

let folder: string;
let server: RunningSqlServer;
let source: SourceServer;
let config: SourceServerConfig;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "hostile-names-"));
  server = await startSqlServer({
    folder,
    timeFactor: 6000,
    scenario: "clean",
    user: "sa",
    password: "Names-1",
  });
  for (const name of NAMES) addDatabase(server.model, name);
  config = {
    host: "127.0.0.1",
    port: server.port,
    user: "sa",
    password: "Names-1",
    encrypt: "off",
    trustServerCertificate: true,
  };
  source = await connectSourceServer(config);
});
afterAll(async () => {
  await source.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const local = (windowsPath: string) =>
  path.join(server.localFolder, windowsPath.slice(server.backupFolder.length));
const stateOf = (name: string) => server.model.state.databases.find((database) => database.name === name);

test("all are listed as they are, and nothing else than them is found", async () => {
  const listed = (await source.listDatabases()).map(({ name }) => name);
  expect(listed).toEqual(expect.arrayContaining(NAMES));
  expect(listed).toHaveLength(server.model.state.databases.length);
});

describe.each(PLAYED.map((name) => [name]))("%j", (name) => {
  const others = () =>
    JSON.stringify(
      server.model.state.databases
        .filter((database) => database.name !== name)
        .map(({ name: other, state, recoveryModel, userAccess, logChain, differentialBase }) => [
          other,
          state,
          recoveryModel,
          userAccess,
          logChain?.firstLsn,
          differentialBase?.guid,
        ]),
    );

  test("every statement that changes something changes this database and no other", async () => {
    const before = others();
    const state = stateOf(name);
    if (!state) throw new Error("not added");

    state.recoveryModel = "SIMPLE";
    await source.setRecoveryFull(name);
    expect(state.recoveryModel).toBe("FULL");

    const paths: string[] = [];
    for (const [round, kind] of (["full", "differential", "log"] as const).entries()) {
      const file = backupFileName(name, kind, "2026-11-22T14:05:00.123", round + 1);
      const at = joinSourcePath(server.backupFolder, file);
      paths.push(at);
      await source.backup({
        database: name,
        kind,
        path: at,
        name: `chainferry ${kind} of ${name}`.slice(0, 128),
        description: name,
        compression: true,
      });
      expect(existsSync(local(at))).toBe(true);
      expect(file).toMatch(/^[A-Za-z0-9_]{1,100}\.(bak|diff|trn)$/);
      expect(isRefusedName(objectKeyFor("backups/", file))).toBe(false);
      expect((await source.readHeaders(at)).map(({ databaseName }) => databaseName)).toEqual([name]);
      await source.verifyBackup(at);
    }
    expect(new Set(paths).size).toBe(3);
    const found = await source.findBackup({
      database: name,
      name: `chainferry log of ${name}`.slice(0, 128),
    });
    expect(found).toMatchObject({ database: name, kind: "log" });

    await source.restrictUsers(name);
    expect(state.userAccess).toBe("RESTRICTED_USER");
    await source.allowUsers(name);
    expect(state.userAccess).toBe("MULTI_USER");
    expect(await source.checkDatabase(name)).toMatchObject({ ok: true });

    await source.backup({
      database: name,
      kind: "log",
      path: joinSourcePath(server.backupFolder, backupFileName(name, "log", "2026-11-22T15:00:00.000", 4)),
      name: "tail",
      description: "",
      compression: true,
      noRecovery: true,
    });
    expect(state.state).toBe("RESTORING");
    await source.recover(name);
    expect(state.state).toBe("ONLINE");
    expect(others()).toBe(before);
  });

  test("every statement that reads answers about this database", async () => {
    for await (const { name: statement, outcome } of runReadOnly(config, name)) {
      expect([statement, outcome]).toEqual([
        statement,
        expect.objectContaining({ kind: expect.stringMatching(/^(rows|other_release)$/) }),
      ]);
    }
    expect(await source.findDatabase(name)).toMatchObject({ name });
    expect(await source.facts.database(name)).toMatchObject({ name });
    expect(Object.keys(await source.rowCounts(name)).length).toBeGreaterThan(0);
    for (const { database } of await source.listBackups({ database: name, limit: 50 })) {
      expect(database).toBe(name);
    }
  });
});

// Names that sqlcmd would change or cut are refused: lib/diagnosis/quote-sql.test.ts.
test.each(NAMES.filter((name) => !/\n|\$\(/.test(name)))(
  "the script to copy names %j and nothing else",
  (name) => {
    const script = buildBackupScript({
      databases: [name],
      type: "FULL",
      folder: server.backupFolder,
      run: true,
      say: (key) => key,
    });
    expect(parseBatch(script).length).toBeGreaterThan(3);
    const literals = tokenize(script).filter(({ kind, text }) => kind === "string" && text === name);
    expect(literals).toHaveLength(1);
  },
);

test("files and object keys of different databases are different ones", () => {
  const files = NAMES.map((name) => backupFileName(name, "full", "2026-11-22T14:05:00.123", 1).toLowerCase());
  expect(new Set(files).size).toBe(NAMES.length);
  const keys = NAMES.map((name) => mendedObjectKey(`uploads/${name.replaceAll("/", "_")}.bak`, "full"));
  expect(new Set(keys).size).toBe(NAMES.length);
  for (const key of keys) expect(key).toMatch(/^uploads\/[A-Za-z0-9_.]+\.bak$/);
});

test("a name that is not there is refused before anything is sent", async () => {
  const absent = "x]; SHUTDOWN; --";
  for (const change of [source.restrictUsers, source.recover, source.setRecoveryFull, source.checkDatabase]) {
    await expect(change(absent)).rejects.toMatchObject({ fields: { kind: "not_found" } });
  }
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { OPENING_MS, only, type TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { MissingBackupView } from "@/lib/contracts/missing-backup";
import { ExternalError } from "@/lib/diagnosis/external-error";
import { connectSourceServer } from "@/lib/sqlserver/connect-source-server";
import type { RecordedBackup } from "@/lib/sqlserver/recorded-backup";
import type { SourceServer } from "@/lib/sqlserver/source-server";
import { startSqlServer } from "@/sandbox/sqlserver/start-sqlserver";
import { findMissingBackup } from "./find-missing-backup";

let world: TestCtx;
let folder: string;
beforeAll(async () => {
  world = await openTestCtx();
}, OPENING_MS);
afterAll(() => world.close());
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "missing-backup-"));
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await world.ctx.db.backupFile.deleteMany();
  await world.ctx.db.migrationStep.deleteMany();
  await world.ctx.db.migration.deleteMany();
});

const find = async () =>
  MissingBackupView.parse(await findMissingBackup({ ctx: world.as("viewer"), input: { migrationId: "m1" } }));

interface Broken {
  database?: string;
  targetLsn?: string | null;
  fromLsn?: string | null;
  toLsn?: string | null;
  kind?: string;
  sourceFolder?: string;
  localFolder?: string;
}

/** A migration whose last log backup was refused. */
async function addBroken(broken: Broken = {}): Promise<void> {
  const targetLsn = broken.targetLsn === undefined ? "200" : broken.targetLsn;
  const { db } = world.ctx;
  await db.connection.upsert({
    where: { id: "src" },
    update: {},
    create: { id: "src", kind: "sql_server", name: "src", config: {}, secretSealed: "" },
  });
  await db.migration.create({
    data: {
      id: "m1",
      name: "m",
      status: "waiting_for_user",
      phase: "rounds",
      draft: EMPTY_DRAFT,
      createdBy: "t",
      sourceConnectionId: "src",
      sourceDatabase: broken.database ?? "Orders",
      targetLsn,
      targetBaseGuid: "AAAA",
      sourceFolder: broken.sourceFolder ?? "D:\\Backup\\",
      localFolder: broken.localFolder ?? folder,
      files: {
        create: [
          {
            id: "done",
            name: "log1.trn",
            objectKey: "log1.trn",
            state: "imported",
            firstLsn: "100",
            lastLsn: targetLsn,
            finishedAtLocal: "2026-05-17T03:27:15",
            utcOffsetMinutes: 480,
          },
          {
            id: "late",
            name: "log3.trn",
            objectKey: "log3.trn",
            state: "refused",
            startedAtLocal: "2026-05-17T03:30:12",
            verdict: {
              kind: broken.kind ?? "gap",
              fromLsn: broken.fromLsn ?? targetLsn,
              toLsn: broken.toLsn === undefined ? "300" : broken.toLsn,
              message: "",
            },
          },
        ],
      },
    },
  });
}

const recorded = (firstLsn: string, lastLsn: string, more: Partial<RecordedBackup> = {}): RecordedBackup => ({
  kind: "log",
  setName: null,
  position: 1,
  backupSetGuid: null,
  startedAtLocal: "2026-05-17T03:28:00",
  finishedAtLocal: "2026-05-17T03:28:05",
  firstLsn,
  lastLsn,
  differentialBaseGuid: null,
  firstForkGuid: null,
  lastForkGuid: null,
  sizeBytes: 1,
  copyOnly: false,
  snapshot: false,
  userName: "veeam",
  machineName: "PROD",
  softwareName: "Veeam",
  devices: [{ sequence: 1, path: "E:\\Other\\x.trn", kind: "disk" }],
  ...more,
});

function sourceWith(methods: Partial<SourceServer>): void {
  const source = only<SourceServer>({
    findDatabase: async () => null,
    listReplicas: async () => [],
    ...methods,
  });
  world.clients.source = async () => source;
}

test("in the sandbox's gap it finds the other tool's log backup by LSN", async () => {
  const login = { host: "127.0.0.1", user: "sa", password: "Sandbox-1" };
  const server = await startSqlServer({ ...login, folder, timeFactor: 600, scenario: "gap" });
  const source = await connectSourceServer({
    ...login,
    port: server.port,
    encrypt: "on",
    trustServerCertificate: true,
  });
  try {
    world.clients.source = async () => source;
    const database = (await source.listDatabases()).find((one) => one.recoveryModel === "FULL")?.name ?? "";
    const take = async (kind: "full" | "log", file: string) => {
      const at = `${server.backupFolder}${file}`;
      await source.backup({ database, kind, path: at, name: file, description: "", compression: true });
      return source.findBackup({ database, name: file });
    };
    await take("full", "full.bak");
    const before = await take("log", "log1.trn");
    const after = await take("log", "log2.trn");
    await addBroken({ database, targetLsn: before?.lastLsn ?? null, toLsn: after?.firstLsn ?? null });
    const found = await find();
    expect(found).toMatchObject({
      history: "found",
      reason: null,
      wanted: { kind: "log", fromLsn: before?.lastLsn, toLsn: after?.firstLsn, blockedFile: "log3.trn" },
      sourceLsn: after?.lastLsn,
      backups: [
        {
          use: "fetch",
          kind: "log",
          firstLsn: before?.lastLsn,
          lastLsn: after?.firstLsn,
          userName: expect.stringContaining("nightly_agent"),
          softwareName: "NightlyAgent",
          knownAs: null,
          devices: [{ kind: "disk", path: expect.stringContaining(".trn"), localPath: null, seen: null }],
        },
      ],
    });
    expect(found.script).toContain(`@from nvarchar(25) = N'${before?.lastLsn}'`);
  } finally {
    await source.close();
    await server.stop();
  }
}, 60_000);

describe("where it lies", () => {
  test.each([
    ["below the mapped folder, and there", "d:/backup/Sub/there.trn", true],
    ["below the mapped folder, but gone", "D:\\Backup\\gone.trn", false],
    ["elsewhere", "E:\\Backup\\there.trn", null],
    ["out of the folder by a trick", "D:\\Backup\\..\\..\\there.trn", null],
  ])("%s", async (_name, device, seen) => {
    mkdirSync(path.join(folder, "Sub"));
    writeFileSync(path.join(folder, "Sub", "there.trn"), "x");
    sourceWith({
      findBackupsInRange: async () => [
        recorded("200", "300", { devices: [{ sequence: 1, path: device, kind: "disk" }] }),
      ],
    });
    await addBroken();
    const [backup] = (await find()).backups;
    expect(backup?.devices[0]?.seen).toBe(seen);
    expect(backup?.devices[0]?.localPath === null).toBe(seen === null);
  });

  test("a virtual device is not looked for in a folder", async () => {
    const devices: RecordedBackup["devices"] = [{ sequence: 1, path: "D:\\Backup\\{guid}", kind: "virtual" }];
    sourceWith({ findBackupsInRange: async () => [recorded("200", "300", { devices })] });
    await addBroken();
    expect((await find()).backups[0]?.devices[0]).toMatchObject({
      kind: "virtual",
      localPath: null,
      seen: null,
    });
  });
});

describe("what there is no file of", () => {
  const nul: RecordedBackup["devices"] = [{ sequence: 1, path: "NUL", kind: "discarded" }];
  const vss: RecordedBackup["devices"] = [{ sequence: 1, path: "{guid}1", kind: "virtual" }];
  const told = async () => (await find()).backups.map((one) => `${one.use} ${one.setName}`);

  test("is never offered; a differential is", async () => {
    sourceWith({
      findBackupsInRange: async () => [
        recorded("200", "310", { setName: "to nul", devices: nul }),
        recorded("260", "320", { setName: "diff", kind: "differential", differentialBaseGuid: "aaaa" }),
        recorded("260", "330", {
          setName: "diff of a VM backup",
          kind: "differential",
          differentialBaseGuid: "aaaa",
          devices: vss,
        }),
      ],
    });
    await addBroken();
    expect(await told()).toEqual(["gone to nul", "bridge diff"]);
    expect((await find()).history).toBe("part");
  });

  test("gives way to a copy-only log that is a file", async () => {
    sourceWith({
      findBackupsInRange: async () => [
        recorded("200", "310", { setName: "to nul", devices: nul }),
        recorded("190", "300", { setName: "copy", copyOnly: true }),
      ],
    });
    await addBroken();
    expect(await told()).toEqual(["fetch copy"]);
    expect((await find()).history).toBe("found");
  });
});

describe("which of them", () => {
  test("links in restore order, copies left out, and the differential that bridges", async () => {
    sourceWith({
      findBackupsInRange: async () => [
        recorded("150", "240", { setName: "copy", copyOnly: true }),
        recorded("200", "240", { setName: "first" }),
        recorded("240", "310", { setName: "second" }),
        recorded("260", "320", { setName: "diff", kind: "differential", differentialBaseGuid: "aaaa" }),
        recorded("260", "330", { setName: "other diff", kind: "differential", differentialBaseGuid: "bbbb" }),
      ],
    });
    await addBroken();
    const found = await find();
    expect(found.backups.map((one) => `${one.use} ${one.setName}`)).toEqual([
      "fetch first",
      "fetch second",
      "bridge diff",
    ]);
    expect(found.history).toBe("found");
  });

  test("a hole that none of them fills is said", async () => {
    sourceWith({ findBackupsInRange: async () => [recorded("250", "300")] });
    await addBroken();
    expect(await find()).toMatchObject({ history: "part", backups: [{ firstLsn: "250" }] });
  });

  test("without a target the full that a refused differential names", async () => {
    const asked: unknown[] = [];
    sourceWith({
      findFullBackups: async (query) => {
        asked.push(query);
        return [recorded("1", "9", { kind: "full", copyOnly: true }), recorded("1", "8", { kind: "full" })];
      },
    });
    await addBroken({ targetLsn: null, kind: "no-full", toLsn: null });
    const found = await find();
    expect(asked).toEqual([{ database: "Orders", baseGuid: null, baseLsn: null }]);
    expect(found.wanted).toMatchObject({ kind: "full" });
    expect(found.backups.map((one) => one.lastLsn)).toEqual(["8"]);
  });

  test("nothing is wanted once the target has passed the gap", async () => {
    sourceWith({});
    await addBroken({ targetLsn: "300" });
    expect(await find()).toMatchObject({ wanted: null, backups: [], script: null });
  });
});

describe("what is not known is said with its reason", () => {
  const failing = (kind: ExternalError["fields"]["kind"]) => async () => {
    throw new ExternalError({
      system: "sql_server",
      kind,
      providerCode: "229",
      providerMessage: "The SELECT permission was denied",
      providerRequestId: null,
      mayHaveHappened: false,
    });
  };
  test.each([
    ["forbidden", "forbidden"],
    ["unavailable", "unreachable"],
    ["auth", "unreachable"],
    ["invalid", "failed"],
  ] as const)("%s", async (kind, reason) => {
    sourceWith({ findBackupsInRange: failing(kind) });
    await addBroken();
    const found = await find();
    expect(found).toMatchObject({ history: "unknown", reason, backups: [] });
    expect(found.wanted).toMatchObject({
      afterLocal: "2026-05-17T03:27:15",
      beforeLocal: "2026-05-17T03:30:12",
      utcOffsetMinutes: 480,
    });
    expect(found.script).toContain("msdb.dbo.backupset");
  });

  test.each([
    ["no_history", { backupCount: 0, oldestLocal: null, oldestFirstLsn: null }],
    ["purged", { backupCount: 2, oldestLocal: "2026-05-17T04:00:00", oldestFirstLsn: "201" }],
    ["not_taken_here", { backupCount: 2, oldestLocal: "2026-05-01T04:00:00", oldestFirstLsn: "7" }],
  ] as const)("%s", async (reason, history) => {
    sourceWith({ findBackupsInRange: async () => [], readBackupHistory: async () => history });
    await addBroken();
    expect(await find()).toMatchObject({ history: "unknown", reason, detail: history.oldestLocal });
  });

  test("a replica to which no connection leads is named; one that can be asked is asked", async () => {
    const other = only<SourceServer>({ findBackupsInRange: async () => [recorded("200", "300")] });
    const here = only<SourceServer>({
      findDatabase: async () => null,
      findBackupsInRange: async () => [],
      listReplicas: async () => ["NODE2", "NODE3\\PROD"],
    });
    world.clients.source = async (id) => (id === "src" ? here : other);
    await addBroken();
    const { db } = world.ctx;
    expect(await find()).toMatchObject({
      reason: "other_replica",
      detail: "NODE2, NODE3\\PROD",
      backups: [],
    });
    const config = {
      host: "node3.corp.example",
      port: null,
      instanceName: "PROD",
      user: "sa",
      encrypt: "on",
      trustServerCertificate: false,
    };
    const node = { id: "n3", kind: "sql_server", name: "node 3", config, secretSealed: "" };
    await db.connection.create({ data: node });
    expect(await find()).toMatchObject({ history: "found", backups: [{ firstLsn: "200", lastLsn: "300" }] });
    await db.connection.delete({ where: { id: "n3" } });
  });

  test("no connection to a source", async () => {
    await addBroken();
    await world.ctx.db.migration.update({ where: { id: "m1" }, data: { sourceConnectionId: null } });
    expect(await find()).toMatchObject({ reason: "no_source", wanted: { fromLsn: "200" } });
  });
});

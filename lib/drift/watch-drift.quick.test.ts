import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { OPENING_MS, only, openQuickCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { AppError } from "@/lib/diagnosis/app-error";
import { ExternalError } from "@/lib/diagnosis/external-error";
import type { ChainGuard, SourceBackupRow, SourceServer } from "@/lib/sqlserver/source-server";
import { watchAllDrift } from "./watch-all";
import { backupSetName } from "./watch-drift";

const BASE = "AAAA0000-0000-0000-0000-000000000001";
let world: TestCtx;
let guard: ChainGuard;
let history: SourceBackupRow[] | ExternalError;
let histories = 0;
let migrations = 0;
let id: string;

function forbidden(): ExternalError {
  return new ExternalError({
    system: "sql_server",
    kind: "forbidden",
    providerCode: "229",
    providerMessage: "The SELECT permission was denied on the object 'backupset'",
    providerRequestId: null,
    mayHaveHappened: false,
  });
}

function row(more: Partial<SourceBackupRow>): SourceBackupRow {
  return {
    name: "NightlyAgent log backup",
    kind: "log",
    database: "Sales",
    startedAtLocal: "2026-05-04T11:00:00",
    finishedAtLocal: "2026-05-04T11:00:05",
    firstLsn: "100",
    lastLsn: "200",
    checkpointLsn: "90",
    databaseBackupLsn: "90",
    differentialBaseGuid: null,
    backupSetGuid: "BBBB0000-0000-0000-0000-000000000002",
    sizeBytes: 1,
    compressedSizeBytes: null,
    copyOnly: false,
    tail: false,
    userName: "CORP\\agent",
    path: "D:\\Agent\\Sales.trn",
    ...more,
  };
}

beforeAll(async () => {
  world = await openQuickCtx();
  world.clients.source = async () =>
    only<SourceServer>({
      readChainGuard: async () => guard,
      readChainGuards: async () => new Map([["Sales", guard]]),
      listBackups: async () => {
        histories += 1;
        if (history instanceof ExternalError) throw history;
        return history;
      },
    });
  const { db } = world.ctx;
  await db.connection.create({
    data: { id: "source", kind: "sql_server", name: "source", config: {}, secretSealed: "" },
  });
}, OPENING_MS);
afterAll(() => world.close());

beforeEach(async () => {
  migrations += 1;
  id = `m${migrations}`;
  guard = {
    state: "ONLINE",
    recoveryModel: "FULL",
    differentialBaseGuid: BASE,
    differentialBaseLsn: "90",
    nextLogFirstLsn: "95",
    forkGuid: "F1",
    databaseGuid: "D1",
  };
  history = [];
  const { db } = world.ctx;
  await db.migration.updateMany({ data: { finishedAt: new Date() } });
  await db.migration.create({
    data: {
      id,
      name: "Sales",
      status: "running",
      phase: "full",
      draft: EMPTY_DRAFT,
      method: "access_pending",
      backupBy: "app",
      sourceConnectionId: "source",
      sourceDatabase: "Sales",
      startedAt: new Date(),
      createdBy: "test",
    },
  });
  const step = { migrationId: id, status: "succeeded", ordinal: 1, nature: "once", input: {} };
  await db.migrationStep.create({ data: { ...step, id: `${id}-s`, key: "backup:0", kind: "backup" } });
  await db.backupFile.create({
    data: {
      id: `${id}-f`,
      migrationId: id,
      name: "full.bak",
      objectKey: "full.bak",
      state: "uploaded",
      type: "full",
      backupSetGuid: BASE,
      lastLsn: "100",
    },
  });
});

async function look(): Promise<string[]> {
  await watchAllDrift(world.ctx);
  const open = await world.ctx.db.driftAlarm.findMany({ where: { migrationId: id, clearedAt: null } });
  return open.map(({ kind }) => kind);
}
async function events(): Promise<string[]> {
  const rows = await world.ctx.db.migrationEvent.findMany({
    where: { migrationId: id },
    orderBy: { seq: "asc" },
  });
  return rows.map(({ type }) => type);
}

test("a foreign log is raised once, kept while it stands, and cleared when the target is past it", async () => {
  expect(await look()).toEqual([]);
  guard.nextLogFirstLsn = "200";
  history = [row({})];
  expect(await look()).toEqual(["foreign_log"]);
  expect(await look()).toEqual(["foreign_log"]);
  expect(await events()).toEqual(["drift_raised"]);
  const alarm = await world.ctx.db.driftAlarm.findFirstOrThrow({ where: { migrationId: id } });
  expect(alarm.evidence).toMatchObject({
    path: "D:\\Agent\\Sales.trn",
    fromLsn: "100",
    toLsn: "200",
    count: 1,
  });
  await world.ctx.db.migration.update({ where: { id }, data: { targetLsn: "200" } });
  expect(await look()).toEqual([]);
  expect(await events()).toEqual(["drift_raised", "drift_cleared"]);
});

test("our own backup is known by its name", async () => {
  guard.nextLogFirstLsn = "200";
  history = [row({ name: backupSetName(`${id}-s`) })];
  expect(await look()).toEqual([]);
});

test("what a person dismissed is not raised again; another event is", async () => {
  guard.differentialBaseGuid = "CCCC";
  expect(await look()).toEqual(["base_reset"]);
  await world.ctx.db.driftAlarm.updateMany({
    where: { migrationId: id },
    data: { clearedAt: new Date(), clearedBy: "Li" },
  });
  expect(await look()).toEqual([]);
  guard.differentialBaseGuid = "DDDD";
  expect(await look()).toEqual(["base_reset"]);
});

test("a switch to SIMPLE and back is an alarm for as long as it lasts, and again the next time", async () => {
  expect(await look()).toEqual([]);
  guard = { ...guard, recoveryModel: "SIMPLE", nextLogFirstLsn: null };
  expect(await look()).toEqual(["recovery_model_changed"]);
  guard = { ...guard, recoveryModel: "FULL", nextLogFirstLsn: "95" };
  expect(await look()).toEqual([]);
  guard = { ...guard, recoveryModel: "SIMPLE", nextLogFirstLsn: null };
  expect(await look()).toEqual(["recovery_model_changed"]);
});

test("a restore of the source changes the fork that the first look saw", async () => {
  expect(await look()).toEqual([]);
  guard.forkGuid = "F2";
  expect(await look()).toEqual(["restored"]);
});

test("without a look into msdb the chain still tells", async () => {
  history = forbidden();
  guard.nextLogFirstLsn = "300";
  expect(await look()).toEqual(["foreign_log"]);
});

test("a chain and a migration that are as a quiet look saw them are not asked about further; any change is", async () => {
  const asked = async () => {
    const before = histories;
    await look();
    return histories - before;
  };
  // The first look writes what later ones compare with.
  expect([await asked(), await asked(), await asked(), await asked()]).toEqual([1, 1, 0, 0]);
  guard = { ...guard, nextLogFirstLsn: "96" };
  expect([await asked(), await asked()]).toEqual([1, 0]);
  await world.ctx.db.migration.update({ where: { id }, data: { version: { increment: 1 } } });
  expect([await asked(), await asked()]).toEqual([1, 0]);
  guard = { ...guard, nextLogFirstLsn: "200" };
  history = [row({})];
  expect(await look()).toEqual(["foreign_log"]);
  expect([await asked(), await asked()]).toEqual([1, 1]);
});

test("a server that does not tell where its chain stands is asked for its backups each time", async () => {
  guard = { ...guard, forkGuid: null };
  await look();
  await look();
  const before = histories;
  await look();
  expect(histories).toBe(before + 1);
});

test("a source that does not answer holds nothing up", async () => {
  world.clients.source = async () => Promise.reject(forbidden());
  await expect(watchAllDrift(world.ctx)).resolves.toBeUndefined();
  expect(world.log.at(-1)?.message).toContain("drift watch");
});

test("a connection that is refused here holds nothing up", async () => {
  world.clients.source = async () => Promise.reject(new AppError("forbidden", "endpoint_not_allowed"));
  await expect(watchAllDrift(world.ctx)).resolves.toBeUndefined();
  expect(world.log.at(-1)?.message).toContain("drift watch");
});

import { beforeEach, expect, test } from "vitest";
import { OPENING_MS, only, openQuickCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import type { AftercareAction } from "@/lib/contracts/aftercare";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { ExternalError } from "@/lib/diagnosis/external-error";
import type { RdsAccount, RdsBackupJob, RdsInstanceDetail, RdsUser } from "@/lib/rds/rds-account";
import { actOnAftercare } from "./act-on-aftercare";
import { followFirstBackups } from "./follow-first-backups";
import { getAftercare } from "./get-aftercare";
import { getWayBack } from "./get-way-back";

const INSTANCE: Omit<RdsInstanceDetail, "instanceId"> = {
  description: "",
  status: "Running",
  engine: "SQLServer",
  engineVersion: "2022_std_ha",
  category: "HighAvailability",
  regionId: "cn-hangzhou",
  lockMode: "Unlock",
  storageBytes: 1,
  storageType: null,
  maxDatabases: null,
  collation: null,
  timeZone: null,
  maintainTime: null,
};
const PASSWORD = "Never-kept-7";
const RESULT = {
  stoppedAt: "2026-05-04T09:00:00.000Z",
  rowCounts: { "dbo.Orders": 12, "dbo.Lines": 30 },
  inventory: {
    users: [
      { user: "app", login: "App_Sales", kind: "sql", disabled: false, roles: ["db_owner"], rights: [] },
      { user: "CORP\\dba", login: "CORP\\dba", kind: "windows", disabled: false, roles: [], rights: [] },
    ],
    jobs: [{ name: "Nightly", enabled: true }],
    linkedServers: [],
    settings: [],
    compatibilityLevel: 150,
    owner: "sa",
  },
  sessionsLeft: 0,
};

let w: TestCtx;
let users: RdsUser[];
let jobs: RdsBackupJob[];
/** What a creating call meets once it has taken place. */
let answer: () => void;

beforeEach(async () => {
  w = await openQuickCtx();
  const { db } = w.ctx;
  w.clock.at = new Date("2026-05-04T10:00:00.000Z");
  users = [];
  jobs = [];
  answer = () => undefined;
  await db.connection.create({
    data: { id: "cloud", kind: "cloud_account", name: "cloud", secretSealed: "", config: {} },
  });
  await db.migration.create({
    data: {
      id: "m",
      name: "Sales",
      status: "succeeded",
      phase: "online",
      draft: EMPTY_DRAFT,
      createdBy: "test",
      instanceId: "rm-1",
      targetDatabase: "Sales",
      sourceDatabase: "Sales",
      cloudConnectionId: "cloud",
      onlineAt: w.clock.at,
      startedAt: w.clock.at,
    },
  });
  await db.migrationStep.create({
    data: {
      id: "s",
      migrationId: "m",
      key: "stop_writes",
      kind: "stop_writes",
      nature: "repeatable",
      status: "succeeded",
      ordinal: 1,
      input: {},
      result: RESULT,
    },
  });
  w.clients.rds = async () =>
    only<RdsAccount>({
      listAccounts: async ({ name }) => users.filter((user) => name === null || user.name === name),
      createAccount: async ({ name, password }) => {
        expect(password).toBe(PASSWORD);
        users.push({ name, status: "Available", type: "Normal", privileges: [] });
        answer();
        return { requestId: "R" };
      },
      grantPrivilege: async ({ account, databaseName, privilege }) => {
        users.find(({ name }) => name === account)?.privileges.push({ databaseName, privilege });
        return { requestId: "R" };
      },
      getInstance: async () => ({ ...INSTANCE, instanceId: "rm-1" }),
      getBackupPolicy: async () => ({
        days: "Monday",
        time: "18:00Z-19:00Z",
        retentionDays: 7,
        logs: true,
        nextAt: null,
      }),
      createBackup: async () => {
        jobs.push({ jobId: "7", backupId: null, state: "running", percent: 5, manual: true });
        answer();
        return { jobId: "7", requestId: "R" };
      },
      listBackupJobs: async () => jobs,
      listBackups: async () => [],
    });
  return () => w.close();
}, OPENING_MS);

const act = (action: AftercareAction) => actOnAftercare({ ctx: w.ctx, input: { migrationId: "m", action } });
const look = () => getAftercare({ ctx: w.ctx, input: { migrationId: "m" } });
const stateOf = async (step: string) => (await look()).steps.find((one) => one.step === step)?.state;
const events = async () => (await w.ctx.db.migrationEvent.findMany()).map(({ type }) => type);
const lost = () => {
  throw new ExternalError({
    system: "rds",
    kind: "timeout",
    providerCode: null,
    providerMessage: "no answer",
    providerRequestId: null,
    mayHaveHappened: true,
  });
};
const account = {
  type: "create_account",
  user: "app",
  account: "app_sales",
  password: PASSWORD,
  privilege: "DBOwner",
} as const;

test("users are told with what each may do, and which RDS cannot have", async () => {
  const { users: told, inventoryGap } = await look();
  expect(inventoryGap).toBeNull();
  expect(told).toMatchObject([
    { user: "app", possible: true, suggestedName: "app_sales", suggestedPrivilege: "DBOwner", onRds: null },
    { user: "CORP\\dba", possible: false },
  ]);
});

test("an account is created and let in; its password is nowhere afterwards", async () => {
  const { users: told } = await act(account);
  expect(told[0]).toMatchObject({ account: "app_sales", onRds: { name: "app_sales", privilege: "DBOwner" } });
  const { db } = w.ctx;
  const kept = await Promise.all([
    db.migration.findMany(),
    db.onceCall.findMany(),
    db.migrationEvent.findMany(),
  ]);
  expect(
    JSON.stringify(kept, (_key, value) => (typeof value === "bigint" ? String(value) : value)),
  ).not.toContain(PASSWORD);
  expect(await events()).toEqual(["account_created"]);
});

test("a lost answer: the account is found, not created again", async () => {
  answer = lost;
  await act(account);
  expect(users).toMatchObject([{ name: "app_sales", privileges: [{ privilege: "DBOwner" }] }]);
  expect(await events()).toEqual(["account_created"]);
});

test("rows are compared with those that were kept when writes were stopped", async () => {
  await act({ type: "compare_counts", printed: "dbo.Orders\t12\ndbo.Lines\t29\n" });
  expect((await look()).counts).toMatchObject({ tables: 2, equal: 1, differing: [{ table: "dbo.Lines" }] });
  expect(await stateOf("row_counts")).toBe("open");
  await act({ type: "compare_counts", printed: "dbo.Orders|12\ndbo.Lines|30\n" });
  expect(await stateOf("row_counts")).toBe("done");
  await expect(act({ type: "compare_counts", printed: "nothing" })).rejects.toMatchObject({
    fields: { reason: "row_counts_unreadable" },
  });
});

test("the first backup is begun once, and followed to its end whoever watches", async () => {
  answer = lost;
  await act({ type: "start_backup" });
  await act({ type: "start_backup" });
  expect(jobs).toHaveLength(1);
  await followFirstBackups(w.ctx);
  expect((await look()).backup).toMatchObject({ jobId: "7", ok: null });
  jobs = jobs.map((job) => ({ ...job, state: "finished", backupId: "1007" }));
  await followFirstBackups(w.ctx);
  await followFirstBackups(w.ctx);
  expect((await look()).backup).toMatchObject({ ok: true, backupId: "1007" });
  expect(await stateOf("first_backup")).toBe("done");
  expect((await events()).filter((type) => type === "first_backup_ended")).toHaveLength(1);
});

test("the way back is a state: open until its time or a word", async () => {
  await act({ type: "keep_way_back", hours: 48 });
  expect((await look()).revertOpen).toBe(true);
  await act({ type: "keep_way_back", hours: 0 });
  expect(await look()).toMatchObject({ revertOpen: false });
  await act({ type: "keep_way_back", hours: 1 });
  w.clock.at = new Date("2026-05-04T11:00:00.000Z");
  expect((await look()).revertOpen).toBe(false);
});

test("a step is settled with a note, and opened again", async () => {
  await act({ type: "settle", step: "source", state: "skipped", note: "server is gone" });
  expect((await look()).steps.find(({ step }) => step === "source")).toMatchObject({
    state: "skipped",
    note: "server is gone",
  });
  await act({ type: "settle", step: "source", state: "open", note: "" });
  expect(await stateOf("source")).toBe("open");
});

test("nothing of it before the database is online, nor of a rehearsal", async () => {
  await w.ctx.db.migration.update({ where: { id: "m" }, data: { onlineAt: null, phase: "rounds" } });
  await expect(look()).rejects.toMatchObject({ fields: { reason: "aftercare_too_early" } });
});

test("the way back with data is what the two releases allow, said before anything is opened, too", async () => {
  const { db } = w.ctx;
  const way = () => getWayBack({ ctx: w.ctx, input: { migrationId: "m" } });
  expect(await way()).toMatchObject({ rule: "unknown", source: null, target: "2022" });
  await db.migration.update({ where: { id: "m" }, data: { onlineAt: null, phase: "rounds" } });
  const data = { migrationId: "m", name: "a.bak", objectKey: "a.bak", state: "imported" };
  await db.backupFile.create({ data: { ...data, id: "f1", header: { softwareVersion: "15.0.2000" } } });
  expect(await way()).toMatchObject({ rule: "newer_target", source: "2019", script: "" });
  await db.backupFile.deleteMany();
  await db.backupFile.create({ data: { ...data, id: "f2", header: { softwareVersion: "16.0.1000" } } });
  const { rule, script } = await way();
  expect(rule).toBe("possible");
  expect(script).toContain("RESTORE DATABASE [Sales] FROM DISK");
});

test("what RDS does not answer is told, and the rest is there", async () => {
  w.clients.rds = async () => lost();
  const view = await look();
  expect(view.rdsFailure).not.toBeNull();
  expect(view.users).toHaveLength(2);
});

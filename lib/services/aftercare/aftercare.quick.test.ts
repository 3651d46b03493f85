import { beforeEach, expect, test } from "vitest";
import { OPENING_MS, only, openQuickCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import type { AftercareAction } from "@/lib/contracts/aftercare";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { ExternalError } from "@/lib/diagnosis/external-error";
import type {
  RdsAccount,
  RdsBackupJob,
  RdsBackupSet,
  RdsInstanceDetail,
  RdsUser,
} from "@/lib/rds/rds-account";
import { actOnAftercare } from "./act-on-aftercare";
import { followFirstBackups } from "./follow-first-backups";
import { getAftercare } from "./get-aftercare";
import { getWayBack } from "./get-way-back";
import { giveWayBackLink } from "./give-way-back-link";
import { startWayBackBackup } from "./start-way-back-backup";

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
let sets: RdsBackupSet[];
/** What a creating call meets once it has taken place. */
let answer: () => void;
let grants: () => void;

beforeEach(async () => {
  w = await openQuickCtx();
  const { db } = w.ctx;
  w.clock.at = new Date("2026-05-04T10:00:00.000Z");
  users = [];
  jobs = [];
  sets = [];
  answer = () => undefined;
  grants = () => undefined;
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
        grants();
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
        const jobId = String(7 + jobs.length);
        jobs.push({ jobId, backupId: null, state: "running", percent: 5, manual: true });
        answer();
        return { jobId, requestId: "R" };
      },
      listBackupJobs: async () => jobs,
      listBackups: async () => sets,
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

test("a right that is refused leaves the account there: it is given later, without a password", async () => {
  grants = () => {
    throw new ExternalError({
      system: "rds",
      kind: "conflict",
      providerCode: "IncorrectDBInstanceState",
      providerMessage: "busy",
      providerRequestId: null,
      mayHaveHappened: false,
    });
  };
  await expect(act(account)).rejects.toMatchObject({
    fields: { providerCode: "IncorrectDBInstanceState" },
  });
  expect((await look()).users[0]).toMatchObject({ onRds: { name: "app_sales", privilege: null } });
  expect(await events()).toEqual([]);
  grants = () => undefined;
  const { password: _, ...named } = account;
  const { users: told } = await act({ ...named, type: "grant_account" });
  expect(told[0]).toMatchObject({ account: "app_sales", onRds: { privilege: "DBOwner" } });
  expect(users).toHaveLength(1);
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
  expect(await events()).toEqual(["first_backup_started"]);
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
  await db.backupFile.create({
    data: { ...data, id: "f1", header: { type: "log", softwareVersion: "15.0.2000" } },
  });
  expect(await way()).toMatchObject({ rule: "newer_target", source: "2019", script: "" });
  await db.backupFile.deleteMany();
  // As a header is kept.
  const file = { type: "data", fileId: 1, sizeBytes: 1 };
  const files = [
    { ...file, logicalName: "Sales", physicalName: "D:\\Data\\O'Hara.mdf" },
    { ...file, logicalName: "Sales_log", physicalName: null },
  ];
  await db.backupFile.create({
    data: { ...data, id: "f2", header: { type: "full", softwareVersion: "16.0.1000", files } },
  });
  const { rule, script } = await way();
  expect(rule).toBe("possible");
  expect(script).toContain("RESTORE DATABASE [Sales] FROM DISK");
  // To where the source has its files, not to where RDS's host had them.
  expect(script).toContain("MOVE N'Sales' TO N'D:\\Data\\O''Hara.mdf',");
});

const wayBack = { migrationId: "m" };
const finish = (jobId: string) => {
  jobs = jobs.map((job) =>
    job.jobId === jobId ? { ...job, state: "finished", backupId: `100${jobId}` } : job,
  );
};

test("the backup to go back with is one however often it is asked for while it runs; after it another", async () => {
  answer = lost;
  await startWayBackBackup({ ctx: w.ctx, input: wayBack });
  answer = () => undefined;
  await startWayBackBackup({ ctx: w.ctx, input: wayBack });
  expect(jobs).toHaveLength(1);
  finish("7");
  await followFirstBackups(w.ctx);
  expect((await getWayBack({ ctx: w.ctx, input: wayBack })).backup).toMatchObject({
    ok: true,
    backupId: "1007",
  });
  await startWayBackBackup({ ctx: w.ctx, input: wayBack });
  expect(jobs).toHaveLength(2);
  expect((await getWayBack({ ctx: w.ctx, input: wayBack })).backup).toMatchObject({ jobId: "8", ok: null });
  expect(await events()).toEqual(["first_backup_started", "first_backup_ended", "first_backup_started"]);
});

const SET: RdsBackupSet = {
  backupId: "1007",
  ok: true,
  manual: true,
  type: "FullBackup",
  sizeBytes: 1_000,
  startedAt: "2026-05-04T10:00:00.000Z",
  endedAt: "2026-05-04T10:05:00.000Z",
  links: [
    { database: "Other", url: "https://other", intranetUrl: null },
    { database: "sales", url: "https://ours?Signature=s3cret", intranetUrl: null },
  ],
};

test("a link goes to the person and is kept nowhere; a snapshot has none, and what is older does not hold the database", async () => {
  sets = [
    SET,
    { ...SET, backupId: "1006", links: [] },
    { ...SET, backupId: "1", startedAt: "2026-05-04T09:59:00.000Z" },
  ];
  const { sets: told } = await getWayBack({ ctx: w.ctx, input: wayBack });
  expect(told).toMatchObject([
    { backupId: "1007", downloadable: true },
    { backupId: "1006", downloadable: false },
  ]);
  const give = (backupId: string) => giveWayBackLink({ ctx: w.ctx, input: { ...wayBack, backupId } });
  expect(await give("1007")).toMatchObject({ url: "https://ours?Signature=s3cret", database: "sales" });
  await expect(give("1006")).rejects.toMatchObject({ fields: { code: "validation" } });
  expect(await events()).toEqual(["way_back_link_given"]);
  expect(JSON.stringify(await w.ctx.db.migrationEvent.findMany())).not.toContain("s3cret");
});

test("what RDS does not answer is told, and the rest is there", async () => {
  w.clients.rds = async () => lost();
  const view = await look();
  expect(view.rdsFailure).not.toBeNull();
  expect(view.users).toHaveLength(2);
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OPENING_MS, openQuickCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import { connectObjectStore } from "@/lib/oss/connect-object-store";
import { connectRdsAccount } from "@/lib/rds/connect-rds-account";
import type { RdsAccount } from "@/lib/rds/rds-account";
import { connectSourceServer } from "@/lib/sqlserver/connect-source-server";
import type { SourceServer } from "@/lib/sqlserver/source-server";
import type { BackupSetSpec } from "@/sandbox/backup-writer/backup-spec";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";
import { controlHeaders } from "@/sandbox/control/control-key";
import { type RunningOss, startOss } from "@/sandbox/oss/start-oss";
import type { ImportLedger } from "@/sandbox/rds/control-page";
import { SANDBOX_INSTANCE_ID } from "@/sandbox/rds/initial-records";
import { type RunningRds, startRds } from "@/sandbox/rds/start-rds";
import { type RunningSqlServer, startSqlServer } from "@/sandbox/sqlserver/start-sqlserver";
import { type BackupCallRequest, backupEffect, backupTarget } from "./backup-effect";
import { type Called, callOnce } from "./call-once";
import { type ImportCallRequest, importEffect, importTarget } from "./import-effect";
import type { OnceEffect, OnceTarget } from "./once-effect";
import { openEffect, openTarget, openToken } from "./open-effect";
import { type Earlier, settleEarlier } from "./settle-earlier";

/** The looks of each effect over the real adapters, judged by what the sandbox itself recorded. */
const HOUR_MS = 3_600_000;
const GRACE_MS = 60_000;
const keys = { accessKeyId: "sandboxkey", accessKeySecret: "sandbox-secret", regionId: "cn-hangzhou" };
const bucket = "imports";
const instanceId = SANDBOX_INSTANCE_ID;

let world: TestCtx;
let folder: string;

beforeAll(async () => {
  world = await openQuickCtx();
  folder = await mkdtemp(join(tmpdir(), "chainferry-looks-"));
}, OPENING_MS);
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

const once = () => ({ ctx: world.ctx, lookGraceMs: GRACE_MS });

async function run<Request extends object>(
  effect: OnceEffect<Request>,
  target: OnceTarget,
  request: Request,
  mayCall = async () => true,
): Promise<Earlier | Called> {
  const earlier = await settleEarlier(once(), effect, target);
  if (earlier.state !== "free" && earlier.state !== "absent") return earlier;
  return callOnce(once(), effect, {
    target,
    request,
    seenCalls: earlier.calls,
    commit: (write) => world.ctx.db.$transaction(write),
    mayCall,
  });
}

function pass(ms: number): void {
  world.clock.at = new Date(world.clock.at.getTime() + ms);
}

describe("on an RDS that loses answers", () => {
  let oss: RunningOss;
  let rds: RunningRds;
  let account: RdsAccount;
  let taskId = "";
  const owner = { connectionId: "cloud", migrationId: null, stepId: null, fileId: null };

  beforeAll(async () => {
    world.clock.at = new Date();
    oss = await startOss({ ...keys, folder: join(folder, "oss"), bucket, scenario: "clean" });
    const now = () => world.clock.at.getTime();
    rds = await startRds({
      ...keys,
      folder: join(folder, "rds"),
      scenario: "answer-lost",
      timeFactor: 60,
      objects: oss.files,
      now,
    });
    const endpoint = `http://127.0.0.1:${rds.port}`;
    account = connectRdsAccount({ ...keys, endpoint, ramEndpoint: endpoint });
    world.clients.rds = async () => account;
    const store = connectObjectStore({ ...keys, endpoint: `http://127.0.0.1:${oss.port}` });
    const put = async (key: string, set: Partial<BackupSetSpec>) => {
      const lsns = { firstLsn: 50n, lastLsn: 90n, checkpointLsn: 50n };
      const spec = {
        type: "full" as const,
        databaseName: "shop",
        softwareVersion: "15.0.2000",
        databaseVersion: 904,
      };
      const bytes = backupBytes({ sets: [{ ...spec, ...lsns, payloadBytes: 10_000, ...set }] });
      await store.putObject({ bucket, key, body: Buffer.concat([...bytes]) });
    };
    await put("shop/full.bak", {});
    await put("shop/log.trn", { type: "log", firstLsn: 60n, lastLsn: 120n });
    await put("shop/gap.trn", { type: "log", firstLsn: 500n, lastLsn: 600n });
  }, OPENING_MS);
  afterAll(async () => {
    await rds.stop();
    await oss.stop();
  });

  const requestOf = (key: string, task: string | null): ImportCallRequest => ({
    instanceId,
    databaseName: "shop_new",
    method: "access_pending",
    taskId: task,
    checkMode: "async",
    object: { endpoint: "oss-cn-hangzhou.aliyuncs.com", bucket, key },
    lastLsn: null,
  });
  const importOf = (key: string, task: string | null, mayCall?: () => Promise<boolean>) =>
    run(
      importEffect,
      importTarget({ instanceId, databaseName: "shop_new", key }, owner),
      requestOf(key, task),
      mayCall,
    );

  /** How often RDS took the object, by its own record. */
  async function taken(key: string): Promise<number> {
    const answer = await fetch(`http://127.0.0.1:${rds.port}/sandbox/ledger`, {
      headers: controlHeaders(keys.accessKeySecret),
    });
    const { entries } = (await answer.json()) as ImportLedger;
    return entries.filter((entry) => entry.objectKey === key).length;
  }

  test("a first file that was never sent is absent after the grace time; sent, it is found by its task", async () => {
    expect((await importOf("shop/full.bak", null, async () => false)).state).toBe("not_called");
    expect(await importOf("shop/full.bak", null)).toMatchObject({ state: "waiting", why: "looking" });
    expect(await taken("shop/full.bak")).toBe(0);
    pass(GRACE_MS);
    expect((await importOf("shop/full.bak", null)).state).toBe("unanswered");
    const found = await importOf("shop/full.bak", null);
    expect(found).toMatchObject({ state: "accepted", call: { settledBy: "look" } });
    expect(await taken("shop/full.bak")).toBe(1);
    if (found.state === "accepted") taskId = found.call.reference ?? "";
  });

  test("a further file is found in its task, by its name", async () => {
    pass(HOUR_MS);
    expect((await importOf("shop/log.trn", taskId)).state).toBe("unanswered");
    expect(await importOf("shop/log.trn", taskId)).toMatchObject({
      state: "accepted",
      call: { settledBy: "look", reference: taskId },
    });
    expect(await taken("shop/log.trn")).toBe(1);
  });

  test("a file that RDS failed to restore may be sent again, one that it restored may not", async () => {
    pass(HOUR_MS);
    expect((await importOf("shop/log.trn", taskId)).state).toBe("accepted");
    expect(await taken("shop/log.trn")).toBe(1);
    expect((await importOf("shop/gap.trn", taskId)).state).toBe("accepted");
    expect((await importOf("shop/gap.trn", taskId)).state).toBe("accepted");
    expect(await taken("shop/gap.trn")).toBe(1);
    pass(HOUR_MS);
    expect((await importOf("shop/gap.trn", taskId)).state).toBe("accepted");
    expect(await taken("shop/gap.trn")).toBe(2);
    pass(HOUR_MS);
  });

  test("an opening is found by its task", async () => {
    const request = {
      instanceId,
      databaseName: "shop_new",
      taskId,
      checkMode: "async" as const,
      clientToken: openToken(instanceId, taskId),
    };
    const open = () => run(openEffect, openTarget(request, owner), request);
    expect((await open()).state).toBe("unanswered");
    expect(await open()).toMatchObject({ state: "accepted", call: { kind: "open", settledBy: "look" } });
    pass(HOUR_MS);
    expect(await account.findTask({ instanceId, taskId })).toMatchObject({ status: "succeeded" });
  });

  test("a task that RDS does not know is for a person", async () => {
    const request = requestOf("shop/log2.trn", "99999");
    const target = importTarget({ instanceId, databaseName: "other", key: "shop/log2.trn" }, owner);
    await run(importEffect, target, request, async () => false);
    expect(await run(importEffect, target, request)).toMatchObject({
      state: "unclear",
      failure: { reason: "rds_task_missing" },
    });
  });
});

describe("on a SQL Server", () => {
  let server: RunningSqlServer;
  let source: SourceServer;
  let database = "";
  const login = { host: "127.0.0.1", user: "sa", password: "Sandbox-1", trustServerCertificate: true };

  beforeAll(async () => {
    server = await startSqlServer({
      ...login,
      folder: join(folder, "sql"),
      timeFactor: 600,
      scenario: "clean",
    });
    source = await connectSourceServer({ ...login, port: server.port, encrypt: "on" });
    world.clients.source = async () => source;
    const full = (await source.listDatabases()).find((found) => found.recoveryModel === "FULL");
    database = full?.name ?? "";
  }, OPENING_MS);
  afterAll(async () => {
    await source.close();
    await server.stop();
  });

  const requestOf = (name: string, more: Partial<BackupCallRequest> = {}): BackupCallRequest => ({
    database,
    kind: "full",
    name,
    description: "of a test",
    copyOnly: false,
    path: `${server.backupFolder}${name}.bak`,
    noRecovery: false,
    compression: true,
    fileName: `${name}.bak`,
    localPath: "",
    objectKey: `${name}.bak`,
    ...more,
  });
  const backup = (request: BackupCallRequest, mayCall?: () => Promise<boolean>) => {
    const owner = { migrationId: null, stepId: null, fileId: null };
    const target = backupTarget({ connectionId: "sql", database, name: request.name }, owner);
    return run(backupEffect, target, request, mayCall);
  };
  /** As a process leaves it that died between the statement's end and the answer. */
  const forgetAnswer = (item: string) =>
    world.ctx.db.onceCall.updateMany({
      where: { item },
      data: { outcome: "intended", settledBy: null, settledAt: null, reference: null },
    });

  test("a backup without an answer is found in msdb by its name, with its GUID", async () => {
    expect((await backup(requestOf("first"))).state).toBe("accepted");
    await forgetAnswer("first");
    const row = await source.findBackup({ database, name: "first" });
    expect(await backup(requestOf("first"))).toMatchObject({
      state: "accepted",
      call: { settledBy: "look", reference: row?.backupSetGuid },
    });
    expect(
      (await source.listBackups({ database, limit: 50 })).filter(({ name }) => name === "first"),
    ).toHaveLength(1);
  });

  test("one that was never begun is absent after the grace time", async () => {
    await backup(requestOf("second"), async () => false);
    expect(await backup(requestOf("second"))).toMatchObject({ state: "waiting", why: "looking" });
    pass(GRACE_MS);
    expect((await backup(requestOf("second"))).state).toBe("accepted");
  });

  test("a tail that somebody else took is for a person", async () => {
    const tail = { kind: "log" as const, noRecovery: true };
    await backup(requestOf("tail", tail), async () => false);
    const theirs = requestOf("theirs", tail);
    await source.restrictUsers(database);
    await source.backup(theirs);
    expect(await backup(requestOf("tail", tail))).toMatchObject({
      state: "unclear",
      failure: { reason: "tail_backup_unclear" },
    });
  });
});

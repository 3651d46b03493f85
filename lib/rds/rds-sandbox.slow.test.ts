import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { connectObjectStore } from "@/lib/oss/connect-object-store";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";
import { type RunningOss, startOss } from "@/sandbox/oss/start-oss";
import { SANDBOX_INSTANCE_ID } from "@/sandbox/rds/initial-records";
import { type RunningRds, startRds } from "@/sandbox/rds/start-rds";
import type { ScenarioName } from "@/sandbox/scenario/scenario";
import { connectRdsAccount } from "./connect-rds-account";
import type { RdsAccount } from "./rds-account";

const keys = { accessKeyId: "sandboxkey", accessKeySecret: "sandbox-secret", regionId: "cn-hangzhou" };
const bucket = "imports";
const instanceId = SANDBOX_INSTANCE_ID;
const HOUR_MS = 3_600_000;

let folder = "";
let oss: RunningOss;
let rds: RunningRds;
let aheadMs = 0;

async function start(scenario: ScenarioName): Promise<RdsAccount> {
  folder = mkdtempSync(join(tmpdir(), "rds-contract-"));
  aheadMs = 0;
  oss = await startOss({ ...keys, folder: join(folder, "oss"), bucket, scenario: "clean" });
  const now = () => Date.now() + aheadMs;
  rds = await startRds({ ...keys, folder, scenario, timeFactor: 60, objects: oss.files, now });
  const store = connectObjectStore({ ...keys, endpoint: `http://127.0.0.1:${oss.port}` });
  const full = backupBytes({
    sets: [
      {
        type: "full",
        databaseName: "shop",
        softwareVersion: "15.0.2000",
        databaseVersion: 904,
        firstLsn: 37_000_000_050_400_037n,
        lastLsn: 37_000_000_052_000_001n,
        checkpointLsn: 37_000_000_050_400_037n,
        payloadBytes: 10_000,
      },
    ],
  });
  await store.putObject({ bucket, key: "shop/full.bak", body: Buffer.concat([...full]) });
  const endpoint = `http://127.0.0.1:${rds.port}`;
  return connectRdsAccount({ ...keys, endpoint, ramEndpoint: endpoint });
}

afterEach(async () => {
  await rds.stop();
  await oss.stop();
  rmSync(folder, { recursive: true });
});

const importOf = (databaseName: string) => ({
  instanceId,
  databaseName,
  method: "access_pending" as const,
  taskId: null,
  checkMode: "async" as const,
  object: { endpoint: "oss-cn-hangzhou.aliyuncs.com", bucket, key: "shop/full.bak" },
});

function tasksOfToday(account: RdsAccount) {
  const at = (ms: number) => new Date(Date.now() + ms).toISOString();
  return account.listTasks({ instanceId, from: at(-HOUR_MS), to: at(HOUR_MS) });
}

test("tells who asks, whether a name is free and when the instance backs itself up", async () => {
  const account = await start("clean");
  expect(await account.getCaller()).toMatchObject({ accountId: "1899100000000001", kind: "RAMUser" });
  const check = (databaseName: string) => account.checkDatabaseName({ instanceId, databaseName });
  expect(await check("shop")).toEqual({ isFree: true });
  expect(await check("monitoring")).toMatchObject({ isFree: false, code: "InvalidDBName.Duplicate" });
  expect(await check("master")).toMatchObject({ isFree: false, code: "InvalidDBName.Forbid" });
  expect((await account.getBackupWindow(instanceId))?.time).toBe("18:00Z-19:00Z");
  expect((await account.getInstance(instanceId)).maintainTime).toBe("18:00Z-22:00Z");
  await expect(account.checkDatabaseName({ instanceId: "rm-none", databaseName: "shop" })).rejects.toThrow();
});

test("looks around, imports a full backup, opens the database", async () => {
  const account = await start("clean");
  expect((await account.listInstances()).map((instance) => instance.instanceId)).toContain(instanceId);
  expect(await account.getInstance(instanceId)).toMatchObject({ status: "Running", engine: "SQLServer" });
  expect((await account.getUsage(instanceId)).diskUsedBytes).toBeGreaterThan(0);
  expect(await account.checkImportRole()).toMatchObject({ state: "authorized" });

  const { taskId, requestId } = await account.createImport(importOf("shop_new"));
  expect(requestId).not.toBe("");
  aheadMs += HOUR_MS;
  expect(await account.findTask({ instanceId, taskId })).toMatchObject({
    taskId,
    databaseName: "shop_new",
    method: "access_pending",
    status: "waiting_for_backup",
  });
  expect(await account.listFiles({ instanceId, taskId })).toMatchObject([
    { fileName: "full.bak", type: "full", status: "restored" },
  ]);
  const opened = { instanceId, databaseName: "shop_new", taskId, checkMode: "async" as const };
  await account.openDatabase({ ...opened, clientToken: "token-1" });
  aheadMs += HOUR_MS;
  expect(await account.findTask({ instanceId, taskId })).toMatchObject({ status: "succeeded" });
  expect((await account.listDatabases(instanceId)).map((database) => database.name)).toContain("shop_new");
});

test("refusals keep their codes", async () => {
  const account = await start("clean");
  const absent = importOf("shop_new");
  await expect(
    account.createImport({ ...absent, object: { ...absent.object, key: "no/such.bak" } }),
  ).rejects.toMatchObject({ fields: { kind: "not_found", mayHaveHappened: false } });
  await expect(account.getInstance("rm-nobody")).rejects.toMatchObject({ fields: { kind: "not_found" } });
  expect(await account.findTask({ instanceId, taskId: "1" })).toBeNull();
});

test("an accepted import whose answer is lost is found among the tasks", async () => {
  const account = await start("answer-lost");
  await expect(account.createImport(importOf("shop_new"))).rejects.toMatchObject({
    fields: { kind: "unavailable", mayHaveHappened: true },
  });
  const found = (await tasksOfToday(account)).filter((task) => task.databaseName === "shop_new");
  expect(found).toHaveLength(1);
});

test("throttled reads go through, a throttled create is told and not repeated", async () => {
  const account = await start("throttling");
  await expect(account.createImport(importOf("shop_new"))).rejects.toMatchObject({
    fields: { kind: "throttled", mayHaveHappened: false },
  });
  for (let index = 0; index < 6; index += 1) await account.getUsage(instanceId);
  expect((await tasksOfToday(account)).filter((task) => task.databaseName === "shop_new")).toEqual([]);
});

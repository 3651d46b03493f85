import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { $OpenApiUtil } from "@alicloud/openapi-core";
import * as rds from "@alicloud/rds20140815";
import OSS from "ali-oss";
import { afterEach, beforeEach } from "vitest";
import type { BackupSetSpec } from "@/sandbox/backup-writer/backup-spec";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";
import { controlHeaders } from "@/sandbox/control/control-key";
import { type RunningOss, startOss } from "@/sandbox/oss/start-oss";
import type { LiveScenario } from "@/sandbox/scenario/live-scenario";
import type { ScenarioName } from "@/sandbox/scenario/scenario";
import type { ImportLedger } from "./control-page";
import { SANDBOX_INSTANCE_ID } from "./initial-records";
import { type RunningRds, startRds } from "./start-rds";

const KEYS = { accessKeyId: "sandboxkey", accessKeySecret: "sandbox-secret", regionId: "cn-hangzhou" };
export const CONTROL = controlHeaders(KEYS.accessKeySecret);
export const BUCKET = "imports";
const FULL_GUID = "6A9C0000-0000-4000-8000-000000000001";
const FAMILY_GUID = "FA300000-0000-4000-8000-000000000001";
const FORK_GUID = "F0400000-0000-4000-8000-000000000001";
export const HOUR_MS = 3600_000;

let folder = "";
let oss: RunningOss;
let server: RunningRds;
/** The sandbox's clock stands still but for `passTime`: no test waits, and none is too slow. */
let clockMs = 0;

async function startServers(scenario: ScenarioName | LiveScenario = "clean"): Promise<void> {
  // OSS stays calm: these tests look at RDS.
  oss = await startOss({ ...KEYS, folder: join(folder, "oss"), bucket: BUCKET, scenario: "clean" });
  const now = () => clockMs;
  server = await startRds({ ...KEYS, folder, scenario, timeFactor: 60, objects: oss.files, now });
}

async function stopServers(): Promise<void> {
  await server.stop();
  await oss.stop();
}

/** An OSS and an RDS of its own for each test of the file, on a fresh folder. */
export function serveEachTest(): void {
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "sandbox-rds-"));
    clockMs = Date.now();
    await startServers();
  });

  afterEach(async () => {
    await stopServers();
    rmSync(folder, { recursive: true, force: true });
  });
}

/** The same folder again, as after a crash; `scenario` from now on. */
export async function restartServers(scenario: ScenarioName | LiveScenario = "clean"): Promise<void> {
  await stopServers();
  await startServers(scenario);
}

/** Lets time pass for the sandbox without anybody waiting. */
export function passTime(ms: number): void {
  clockMs += ms;
}

export function setClock(atMs: number): void {
  clockMs = atMs;
}

export const rdsUrl = (path: string): string => `http://127.0.0.1:${server.port}${path}`;

export function config(secret = KEYS.accessKeySecret, key = KEYS.accessKeyId) {
  return new $OpenApiUtil.Config({
    accessKeyId: key,
    accessKeySecret: secret,
    regionId: KEYS.regionId,
    endpoint: `127.0.0.1:${server.port}`,
    protocol: "http",
    connectTimeout: 5000,
    readTimeout: 20_000,
  });
}

type Constructor<T> = new (config: $OpenApiUtil.Config) => T;

/** Depending on who loads these CommonJS packages, the client is the default export or that one's default. */
export function clientOf<T>(module: { default: unknown }): Constructor<T> {
  const outer = module.default;
  if (typeof outer === "object" && outer !== null && "default" in outer)
    return outer.default as Constructor<T>;
  return outer as Constructor<T>;
}

export const connect = (secret?: string, key?: string) =>
  new (clientOf<rds.default>(rds))(config(secret, key));

export async function put(
  key: string,
  set: Partial<BackupSetSpec> | Uint8Array,
  headers = {},
): Promise<void> {
  const client = connectOss();
  const body =
    set instanceof Uint8Array ? Buffer.from(set) : Buffer.concat([...backupBytes({ sets: [specOf(set)] })]);
  await client.put(key, body, { headers } as OSS.PutObjectOptions);
}

function connectOss(): OSS {
  const { accessKeyId, accessKeySecret } = KEYS;
  const endpoint = `http://127.0.0.1:${oss.port}`;
  return new OSS({ accessKeyId, accessKeySecret, region: "oss-cn-hangzhou", endpoint, bucket: BUCKET });
}

/** ETag of an object of the bucket. */
export async function tagOf(key: string): Promise<unknown> {
  const { res } = await connectOss().head(key);
  return (res as { headers: Record<string, string> }).headers.etag;
}

function specOf(set: Partial<BackupSetSpec>): BackupSetSpec {
  return {
    type: "full",
    databaseName: "shop",
    softwareVersion: "15.0.2000",
    databaseVersion: 904,
    familyGuid: FAMILY_GUID,
    firstRecoveryForkGuid: FORK_GUID,
    lastRecoveryForkGuid: FORK_GUID,
    firstLsn: 37_000_000_050_400_037n,
    lastLsn: 37_000_000_052_000_001n,
    checkpointLsn: 37_000_000_050_400_037n,
    payloadBytes: 200_000,
    ...set,
  };
}

export const FULL: Partial<BackupSetSpec> = { backupSetGuid: FULL_GUID };
export const LOG: Partial<BackupSetSpec> = {
  type: "log",
  firstLsn: 37_000_000_051_000_001n,
  lastLsn: 38_000_000_001_600_001n,
};
export const DIFFERENTIAL: Partial<BackupSetSpec> = {
  type: "differential",
  firstLsn: 39_000_000_000_100_001n,
  lastLsn: 39_000_000_000_300_001n,
  checkpointLsn: 39_000_000_000_100_001n,
  differentialBaseGuid: FULL_GUID,
  differentialBaseLsn: 37_000_000_050_400_037n,
};

export interface Import {
  databaseName?: string;
  instanceId?: string;
  taskId?: string;
  position?: string;
  mode?: "FULL" | "UPDF";
  online?: "True" | "False";
}

export async function importFile(key: string, given: Import = {}): Promise<string> {
  const mode = given.mode ?? "UPDF";
  const answer = await connect().createMigrateTask(
    new rds.CreateMigrateTaskRequest({
      DBInstanceId: given.instanceId ?? SANDBOX_INSTANCE_ID,
      DBName: given.databaseName ?? "shop",
      backupMode: mode,
      isOnlineDB: given.online ?? (mode === "FULL" ? "True" : "False"),
      OSSUrls: "",
      ossObjectPositions: given.position ?? `oss-cn-hangzhou.aliyuncs.com:${BUCKET}:${key}`,
      ...(given.taskId === undefined ? {} : { migrateTaskId: given.taskId }),
    }),
  );
  return answer.body?.migrateTaskId ?? "";
}

export async function findTask(migrateTaskId: string) {
  const request = new rds.DescribeMigrateTaskByIdRequest({
    DBInstanceId: SANDBOX_INSTANCE_ID,
    migrateTaskId,
  });
  return (await connect().describeMigrateTaskById(request)).body;
}

export async function filesOf(migrateTaskId: string) {
  const request = new rds.DescribeOssDownloadsRequest({ DBInstanceId: SANDBOX_INSTANCE_ID, migrateTaskId });
  return (await connect().describeOssDownloads(request)).body?.items?.ossDownload ?? [];
}

/** Imports a file and lets its time pass. */
export async function importToEnd(key: string, given: Import = {}): Promise<string> {
  const taskId = await importFile(key, given);
  passTime(60_000);
  return taskId;
}

export async function openDatabase(
  migrateTaskId: string,
  clientToken: string,
  checkDBMode = "AsyncExecuteDBCheck",
) {
  await connect().createOnlineDatabaseTask(
    new rds.CreateOnlineDatabaseTaskRequest({
      DBInstanceId: SANDBOX_INSTANCE_ID,
      DBName: "shop",
      migrateTaskId,
      checkDBMode,
      clientToken,
    }),
  );
}

export async function ledger(): Promise<string[]> {
  const answer = await fetch(rdsUrl("/sandbox/ledger"), { headers: CONTROL });
  const { entries } = (await answer.json()) as ImportLedger;
  return entries.map((entry) => entry.objectKey);
}

export const code = (providerCode: string, statusCode?: number) =>
  statusCode === undefined ? { code: providerCode } : { code: providerCode, statusCode };

export async function databaseStatus(DBName: string): Promise<string | undefined> {
  const request = new rds.DescribeDatabasesRequest({ DBInstanceId: SANDBOX_INSTANCE_ID, DBName });
  return (await connect().describeDatabases(request)).body?.databases?.database?.[0]?.DBStatus;
}

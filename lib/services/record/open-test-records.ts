import { createHash } from "node:crypto";
import type { BackupType } from "@/lib/backup/backup-kind";
import { only, type TestCtx } from "@/lib/context/open-test-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { ExternalError } from "@/lib/diagnosis/external-error";
import type { ObjectStore } from "@/lib/oss/object-store";
import type { ImportRequest, RdsAccount, RdsFile, RdsTask } from "@/lib/rds/rds-account";
import type { BackupSetSpec } from "@/sandbox/backup-writer/backup-spec";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";

/** For tests: an account, saved with two keys, with one waiting task, and what was asked of it. */
export interface TestRecords {
  world: TestCtx;
  tasks: RdsTask[];
  files: RdsFile[];
  objects: Map<string, Buffer>;
  imports: ImportRequest[];
  opens: { clientToken: string }[];
  rds: Partial<RdsAccount>;
}

export async function openTestRecords(open: () => Promise<TestCtx>): Promise<TestRecords> {
  const world = await open();
  const config = {
    regionId: "cn-hangzhou",
    accessKeyId: "a",
    rdsEndpoint: null,
    ramEndpoint: null,
    ossEndpoint: null,
  };
  for (const id of ["cloud", "second-key"]) {
    await world.ctx.db.connection.create({
      data: { id, kind: "cloud_account", name: id, secretSealed: "", config },
    });
  }
  return { world, tasks: [], files: [], objects: new Map(), imports: [], opens: [], rds: {} };
}

/** Before each test: an empty record, one task that waits, nothing asked yet. */
export async function resetTestRecords(r: TestRecords): Promise<void> {
  const { db } = r.world.ctx;
  await db.onceCall.deleteMany();
  await db.backupFile.deleteMany();
  await db.migration.deleteMany();
  await db.importTask.deleteMany();
  r.world.clock.at = new Date("2026-05-04T10:00:00.000Z");
  Object.assign(r, { tasks: [taskOf({})], files: [], objects: new Map(), imports: [], opens: [] });
  r.rds = {
    listTasks: async ({ from, to }) =>
      r.tasks.filter(({ createdAt }) => createdAt !== null && createdAt >= from && createdAt < to),
    findTask: async ({ taskId }) => r.tasks.find((one) => one.taskId === taskId) ?? null,
    listFiles: async () => r.files,
    createImport: async (request) => {
      r.imports.push(request);
      return { taskId: request.taskId ?? "new", requestId: "R-1" };
    },
    openDatabase: async (request) => {
      r.opens.push(request);
      return { requestId: "R-2" };
    },
  };
  r.world.clients.rds = async () => only<RdsAccount>(r.rds);
  r.world.clients.objects = async () => objectsOf(r);
}

function objectsOf(r: TestRecords): ObjectStore {
  return only<ObjectStore>({
    bucketInfo: async (name) => ({
      name,
      regionId: "cn-hangzhou",
      storageClass: "Standard",
      encryption: "None",
      acl: "private",
      extranetEndpoint: "oss-cn-hangzhou.aliyuncs.com",
      ownerId: "1899100000000001",
      versioning: null,
      intranetEndpoint: "",
    }),
    headObject: async ({ key }) => {
      const body = r.objects.get(key);
      if (!body) return null;
      const sizeBytes = body.length;
      // Every test writes its objects anew: the header cache must not mix them up.
      const etag = createHash("md5").update(body).digest("hex");
      const lastModifiedAt = "2026-05-01T00:00:00Z";
      return { key, sizeBytes, etag, lastModifiedAt, storageClass: "Standard", crc64: null };
    },
    listObjects: async ({ prefix }) => ({
      objects: [...r.objects]
        .filter(([key]) => key.startsWith(prefix))
        .map(([key, { length: sizeBytes }]) => ({
          ...{ key, sizeBytes, etag: "", storageClass: "Standard" },
          lastModifiedAt: "2026-05-01T00:00:00Z",
        })),
      nextContinuationToken: null,
    }),
    readRange: async ({ key }, offset, length) =>
      (r.objects.get(key) ?? Buffer.alloc(0)).subarray(offset, offset + length),
  });
}

export function taskOf(change: Partial<RdsTask>): RdsTask {
  return {
    taskId: "106121",
    databaseName: "shop",
    method: "access_pending",
    status: "waiting_for_backup",
    providerStatus: "Waiting",
    createdAt: "2026-05-03T08:00:00Z",
    endedAt: null,
    databaseReplaced: false,
    description: "",
    ...change,
  };
}

export function fileOf(fileName: string, status: RdsFile["status"]): RdsFile {
  return {
    fileName,
    status,
    providerStatus: status,
    sizeBytes: 2 ** 20,
    type: "log",
    createdAt: "2026-05-03T08:00:00Z",
    endedAt: null,
    description: "",
  };
}

/** A backup of database `Shop`, as an object. */
export function backupOf(
  type: BackupType,
  firstLsn: bigint,
  lastLsn: bigint,
  change: Partial<BackupSetSpec> = {},
): Buffer {
  const set = {
    type,
    databaseName: "Shop",
    firstLsn,
    lastLsn,
    checkpointLsn: firstLsn,
    databaseBackupLsn: 37_000_000_012_300_037n,
    payloadBytes: 20_000,
    ...change,
  };
  return Buffer.concat([...backupBytes({ sets: [set] })]);
}

/** The migration `m1` that made the task. */
export async function addMigration(r: TestRecords, status: string, change: object = {}): Promise<void> {
  await r.world.ctx.db.migration.create({
    data: {
      id: "m1",
      name: "shop",
      status,
      phase: "rounds",
      draft: EMPTY_DRAFT,
      createdBy: "x",
      cloudConnectionId: "cloud",
      instanceId: "rm-1",
      rdsTaskId: "106121",
      sourceDatabase: "Shop",
      ...change,
    },
  });
}

export const outage = (mayHaveHappened: boolean): ExternalError =>
  new ExternalError({
    system: "rds",
    kind: "timeout",
    providerCode: null,
    providerMessage: "no answer",
    providerRequestId: null,
    mayHaveHappened,
  });

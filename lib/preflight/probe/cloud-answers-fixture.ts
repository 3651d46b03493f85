import { only } from "@/lib/context/open-test-ctx";
import { ExternalError, type ExternalErrorKind } from "@/lib/diagnosis/external-error";
import type { LifecycleRule } from "@/lib/oss/lifecycle-rule";
import type { BucketInfo, ObjectStore } from "@/lib/oss/object-store";
import type { ImportRoleState, RdsAccount, RdsFile, RdsInstanceDetail, RdsTask } from "@/lib/rds/rds-account";

const GB = 2 ** 30;
export const CLOUD_NOW = "2026-05-04T10:00:00.000Z";

export const BUCKET: BucketInfo = {
  name: "staging",
  regionId: "cn-hangzhou",
  storageClass: "Standard",
  encryption: "None",
  acl: "private",
  ownerId: "1899",
  versioning: null,
  extranetEndpoint: "oss-cn-hangzhou.aliyuncs.com",
  intranetEndpoint: "oss-cn-hangzhou-internal.aliyuncs.com",
};
const INSTANCE: RdsInstanceDetail = {
  instanceId: "rm-1",
  description: "",
  status: "Running",
  engine: "SQLServer",
  engineVersion: "2022_std_ha",
  category: "HighAvailability",
  regionId: "cn-hangzhou",
  lockMode: "Unlock",
  storageBytes: 200 * GB,
  storageType: "cloud_essd",
  maxDatabases: 50,
  collation: null,
  timeZone: null,
  maintainTime: "18:00Z-22:00Z",
};

export function importTask(change: Partial<RdsTask>): RdsTask {
  return {
    taskId: "1",
    databaseName: "shop",
    method: "immediate",
    status: "succeeded",
    providerStatus: "Success",
    createdAt: CLOUD_NOW,
    endedAt: null,
    databaseReplaced: false,
    description: "",
    ...change,
  };
}

export interface CloudAnswers {
  bucket: Partial<BucketInfo>;
  instance: Partial<RdsInstanceDetail>;
  usedBytes: number;
  databases: string[];
  role: ImportRoleState;
  tasks: RdsTask[];
  /** Files of every task. */
  files: number;
  rules: LifecycleRule[];
  window: string | null;
  caller: string;
  objectBytes: number;
  /** Name of a method, and what it throws in place of its answer. */
  fails: Record<string, ExternalError>;
  /** Hosts of other ways by which objects are read and written. */
  otherWays: string[];
  domains: string[];
  checkName: Awaited<ReturnType<RdsAccount["checkDatabaseName"]>>;
}

const HEALTHY: CloudAnswers = {
  bucket: {},
  instance: {},
  usedBytes: 0,
  databases: [],
  role: "authorized",
  tasks: [],
  files: 0,
  rules: [],
  window: null,
  caller: "1899",
  objectBytes: 10 * GB,
  fails: {},
  otherWays: [],
  domains: [],
  checkName: { isFree: true },
};

export function cloudFailure(
  providerCode: string,
  kind: ExternalErrorKind,
  providerMessage = `answer ${providerCode}`,
): ExternalError {
  return new ExternalError({
    system: "oss",
    kind,
    providerCode,
    providerMessage,
    providerRequestId: null,
    mayHaveHappened: false,
  });
}

function failingStore(error: ExternalError): ObjectStore {
  return only<ObjectStore>({ putObject: () => Promise.reject(error) });
}

/** An account in which nothing is amiss but what is given. `stored` is what was written and not deleted. */
export function healthyCloud(change: Partial<CloudAnswers> = {}): {
  objects: ObjectStore;
  rds: RdsAccount;
  stored: ReadonlyMap<string, Uint8Array>;
} {
  const world = { ...HEALTHY, ...change };
  const stored = new Map<string, Uint8Array>();
  const failing = <T extends object>(methods: T): T => {
    for (const [name, error] of Object.entries(world.fails)) {
      if (name in methods) Object.assign(methods, { [name]: () => Promise.reject(error) });
    }
    return methods;
  };
  const { instanceId } = INSTANCE;
  const objects: ObjectStore = only<ObjectStore>(
    failing({
      listDomains: async () => world.domains,
      by: (way): ObjectStore => {
        const host = new URL("domain" in way ? way.domain : way.endpoint).hostname;
        if (!world.otherWays.includes(host)) return failingStore(cloudFailure("ENOTFOUND", "unavailable"));
        return healthyCloud({ ...change, fails: {} }).objects;
      },
      bucketInfo: async () => ({ ...BUCKET, ...world.bucket }),
      listBuckets: async () => [{ name: "staging", regionId: "cn-beijing", storageClass: "Standard" }],
      listLifecycleRules: async () => world.rules,
      listObjects: async () => ({ objects: [], nextContinuationToken: null }),
      listUploads: async () => [],
      listParts: async () => null,
      abortUpload: async () => undefined,
      headObject: async ({ key }) => ({
        key,
        sizeBytes: world.objectBytes,
        lastModifiedAt: CLOUD_NOW,
        etag: "",
        storageClass: "Standard",
        crc64: null,
      }),
      putObject: async ({ key, body }) => {
        stored.set(key, body);
        return { etag: "", crc64: null };
      },
      readRange: async ({ key }) => stored.get(key) ?? new Uint8Array(0),
      deleteObject: async ({ key }) => void stored.delete(key),
    } satisfies Partial<ObjectStore>),
  );
  const rds = only<RdsAccount>(
    failing({
      listInstances: async () => [],
      getInstance: async () => ({ ...INSTANCE, ...world.instance }),
      getUsage: async () => ({ diskUsedBytes: world.usedBytes, dataBytes: null, logBytes: null }),
      listDatabases: async () =>
        world.databases.map((name) => ({ name, status: "Running", collation: null })),
      checkDatabaseName: async () => world.checkName,
      getBackupWindow: async () => (world.window === null ? null : { days: "Monday", time: world.window }),
      getCaller: async () => ({ accountId: world.caller, kind: "RAMUser", arn: "" }),
      listTasks: async () => world.tasks,
      findTask: async () => null,
      listFiles: async ({ taskId }) => {
        if (taskId === "0") throw cloudFailure("InvalidMigrateTask", "not_found");
        return Array.from({ length: world.files }, () => ({ createdAt: CLOUD_NOW }) as RdsFile);
      },
      checkImportRole: async () => ({ state: world.role, detail: instanceId }),
    } satisfies Partial<RdsAccount>),
  );
  return { objects, rds, stored };
}

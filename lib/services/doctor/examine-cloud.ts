import { readBackup } from "@/lib/backup/read-backup";
import type { Difference } from "@/lib/diagnosis/answer-assumption";
import { objectByteSource } from "@/lib/oss/object-byte-source";
import type { ObjectStore } from "@/lib/oss/object-store";
import type { RdsAccount } from "@/lib/rds/rds-account";
import type { Examination } from "./examination";

/** RDS keeps tasks for about a week. */
const TASK_DAYS = 7;
const TASKS_ASKED = 3;
const OBJECTS_ASKED = 5;
/** Names of nothing, so that the codes for what is not there are seen too. */
const NO_INSTANCE = "rm-chainferrydoctor0";
const NO_TASK = "1";
const NO_KEY = "chainferry-doctor-no-such-object.bak";
const FREE_NAME = "chainferry_doctor";

/** What RDS answers where its edition has no such call. */
const NOT_ON_THIS_EDITION = ["UnsupportedOperation", "EngineNotSupported", "EngineVersionNotSupported"];

/** Every reading call of RDS, RAM and STS; of one instance those named, else the first that runs. */
export async function examineRds(
  examination: Examination,
  rds: RdsAccount,
  asked: { instanceIds: readonly string[]; now: Date },
): Promise<void> {
  const { redactor } = examination;
  const caller = await examination.ask({ system: "rds", asked: "getCaller", ask: () => rds.getCaller() });
  redactor.learn("account", caller?.accountId);
  redactor.learn("account", caller?.arn);
  await examination.ask({ system: "rds", asked: "checkImportRole", ask: () => rds.checkImportRole() });
  const instances = await examination.ask({
    system: "rds",
    asked: "listInstances",
    ask: () => rds.listInstances(),
  });
  for (const { instanceId, description } of instances ?? []) {
    redactor.learn("instance", instanceId);
    redactor.learn("name", description);
  }
  await examination.ask({
    system: "rds",
    asked: "getInstance, of none",
    ask: () => rds.getInstance(NO_INSTANCE),
    mayRefuse: ["InvalidDBInstanceId.NotFound", "InvalidDBInstanceName.NotFound"],
  });
  const first = (instances ?? []).find(({ status }) => status === "Running") ?? instances?.[0];
  const chosen = asked.instanceIds.length > 0 ? asked.instanceIds : first ? [first.instanceId] : [];
  for (const instanceId of chosen) await examineInstance(examination, rds, { instanceId, now: asked.now });
}

async function examineInstance(
  examination: Examination,
  rds: RdsAccount,
  { instanceId, now }: { instanceId: string; now: Date },
): Promise<void> {
  const { redactor } = examination;
  const about = redactor.learn("instance", instanceId);
  const on = { system: "rds" as const, about };
  await examination.ask({ ...on, asked: "getInstance", ask: () => rds.getInstance(instanceId) });
  await examination.ask({ ...on, asked: "getUsage", ask: () => rds.getUsage(instanceId) });
  const databases = await examination.ask({
    ...on,
    asked: "listDatabases",
    ask: () => rds.listDatabases(instanceId),
  });
  for (const { name } of databases ?? []) redactor.learn("database", name);
  await examination.ask({ ...on, asked: "getBackupWindow", ask: () => rds.getBackupWindow(instanceId) });
  await examination.ask({
    ...on,
    asked: "checkDatabaseName",
    ask: () => rds.checkDatabaseName({ instanceId, databaseName: FREE_NAME }),
  });
  const from = new Date(now.getTime() - TASK_DAYS * 86_400_000).toISOString();
  const tasks = await examination.ask({
    ...on,
    asked: "listTasks",
    ask: () => rds.listTasks({ instanceId, from, to: now.toISOString() }),
  });
  for (const { databaseName } of tasks ?? []) redactor.learn("database", databaseName);
  for (const { taskId } of (tasks ?? []).slice(0, TASKS_ASKED)) {
    await examination.ask({ ...on, asked: "findTask", ask: () => rds.findTask({ instanceId, taskId }) });
    await examination.ask({
      ...on,
      asked: "listFiles",
      ask: () => rds.listFiles({ instanceId, taskId }),
      mayRefuse: NOT_ON_THIS_EDITION,
    });
  }
  await examination.ask({
    ...on,
    asked: "findTask, of none",
    ask: () => rds.findTask({ instanceId, taskId: NO_TASK }),
  });
}

/** Every reading call of OSS; of buckets those named, else the first of the account's region, else any. */
export async function examineOss(
  examination: Examination,
  store: ObjectStore,
  asked: { buckets: readonly string[]; regionId: string },
): Promise<void> {
  const { redactor } = examination;
  const buckets = await examination.ask({
    system: "oss",
    asked: "listBuckets",
    ask: () => store.listBuckets(),
  });
  for (const { name } of buckets ?? []) redactor.learn("bucket", name);
  const first = (buckets ?? []).find(({ regionId }) => regionId === asked.regionId) ?? buckets?.[0];
  const chosen = asked.buckets.length > 0 ? asked.buckets : first ? [first.name] : [];
  for (const bucket of chosen) await examineBucket(examination, store, bucket);
}

async function examineBucket(examination: Examination, store: ObjectStore, bucket: string): Promise<void> {
  const { redactor } = examination;
  const on = { system: "oss" as const, about: redactor.learn("bucket", bucket) };
  const info = await examination.ask({ ...on, asked: "bucketInfo", ask: () => store.bucketInfo(bucket) });
  redactor.learn("account", info?.ownerId);
  await examination.ask({
    ...on,
    asked: "listLifecycleRules",
    ask: () => store.listLifecycleRules(bucket),
  });
  const domains = await examination.ask({
    ...on,
    asked: "listDomains",
    ask: () => store.listDomains(bucket),
  });
  for (const domain of domains ?? []) redactor.learn("host", domain);
  await examination.ask({ ...on, asked: "bucketCors", ask: () => store.browser.bucketCors(bucket) });
  await examination.ask({
    ...on,
    asked: "listUploads",
    ask: () => store.listUploads({ bucket, prefix: "" }),
  });
  const page = await examination.ask({
    ...on,
    asked: "listObjects",
    ask: () => store.listObjects({ bucket, prefix: "", limit: 100 }),
  });
  const objects = (page?.objects ?? []).filter(({ sizeBytes }) => sizeBytes > 0).slice(0, OBJECTS_ASKED);
  for (const { key, sizeBytes } of objects) {
    const about = redactor.learn("object", key);
    await examination.ask({
      ...on,
      about,
      asked: "headObject",
      ask: () => store.headObject({ bucket, key }),
    });
    await examination.ask({
      ...on,
      about,
      asked: "readRange, as a backup's header",
      ask: () => readBackup(objectByteSource(store, bucket, key, sizeBytes)),
      judge: (reading): Difference[] =>
        !reading.ok && reading.error.code === "unsupported_container"
          ? [{ kind: "unknown_header", at: "container", found: reading.error.message }]
          : [],
    });
  }
  await examination.ask({
    ...on,
    asked: "headObject, of none",
    ask: () => store.headObject({ bucket, key: NO_KEY }),
  });
  await examination.ask({
    ...on,
    asked: "listParts, of none",
    ask: () => store.listParts({ bucket, key: NO_KEY, uploadId: "0".repeat(32) }),
  });
}

import type { BucketFiles } from "@/sandbox/oss/bucket-files";
import type { ObjectRecord } from "@/sandbox/oss/records";
import { type RdsCall, type RdsContext, requireParameter } from "./rds-context";
import { RdsError } from "./rds-error";
import type { InstanceRecord, TaskRecord } from "./records";
import { databaseStandingAt, isSameName } from "./task-standing";

const IMPORTS_PER_DATABASE_PER_DAY = 20;
const IMPORTS_PER_INSTANCE_PER_DAY = 500;
const SUFFIXES = [".bak", ".diff", ".trn", ".log"];
const SYSTEM_NAMES = ["master", "model", "msdb", "tempdb", "distribution", "rdscore"];
/** The day of the quota begins at midnight in China. */
const DAY_OFFSET_MS = 8 * 3600_000;

function dayOf(atMs: number): number {
  return Math.floor((atMs + DAY_OFFSET_MS) / 86_400_000);
}

export function isSystemDatabase(name: string): boolean {
  return SYSTEM_NAMES.includes(name.toLowerCase());
}

export function assertName(name: string): void {
  if (isSystemDatabase(name)) throw new RdsError("InvalidDBName", { status: 403 });
  if (name.length > 123 || !/^[\p{L}_][\p{L}\p{N}_@$# .()'*!~-]*$/u.test(name))
    throw new RdsError("InvalidDBName");
}

/** Splits `endpoint:bucket:key` and finds the object; it must be one that the import role may read. */
export function findFile(context: RdsContext, call: RdsCall): { bucket: BucketFiles; object: ObjectRecord } {
  const position = call.parameters.get("OssObjectPositions") ?? "";
  if (position === "") throw new RdsError("BakFilesNeeded");
  const parts = /^([^:]+):([^:]+):([^:]+)$/.exec(position);
  if (parts === null) throw new RdsError("InvalidOssObjectPositions.Format");
  const [, endpoint = "", bucketName = "", key = ""] = parts;
  const region = /^oss-([a-z0-9-]+?)(?:-internal)?\.aliyuncs\.com$/.exec(endpoint)?.[1];
  if (region === undefined) throw new RdsError("InvalidOssObjectPositions.Format");
  if (region !== context.regionId) throw new RdsError("InvalidOSSURL");
  const suffix = /\.[^./]+$/.exec(key)?.[0].toLowerCase() ?? "";
  if (!SUFFIXES.includes(suffix)) throw new RdsError("IncorrectFileExtension");
  const bucket = context.objects.findBucket(bucketName);
  const object = bucket?.findObject(key) ?? null;
  if (bucket !== null && (bucket.record.regionId ?? region) !== region) throw new RdsError("InvalidOSSURL");
  if (bucket === null || object === null) throw new RdsError("BakFilesNeeded");
  if (bucket.record.storageClass !== "Standard" || object.storageClass !== "Standard") {
    throw new RdsError("InvalidOssObjectStorageClassType");
  }
  if (object.encryption !== "None") {
    throw new RdsError("InvalidFile", { message: "The OSS object is encrypted on the server side." });
  }
  return { bucket, object };
}

export function assertBudget(context: RdsContext, instance: InstanceRecord, databaseName: string): void {
  const today = dayOf(context.now());
  const imports = context.records.ledger.filter(
    (entry) => entry.instanceId === instance.instanceId && dayOf(Date.parse(entry.acceptedAt)) === today,
  );
  if (imports.length >= IMPORTS_PER_INSTANCE_PER_DAY) throw new RdsError("ConcurrentTaskExceeded");
  const own = imports.filter((entry) => isSameName(entry.databaseName, databaseName));
  if (own.length >= IMPORTS_PER_DATABASE_PER_DAY) throw new RdsError("ExceedUploadTime");
}

/** The task that an incremental file continues; null for the file that begins one. */
export function findParent(
  context: RdsContext,
  call: RdsCall,
  instance: InstanceRecord,
  name: string,
): TaskRecord | null {
  const taskId = call.parameters.get("MigrateTaskId") ?? "";
  if (taskId === "") {
    const busy = context.records.tasks.some((task) => {
      const standing = databaseStandingAt(task, context.now());
      const isOther = task.instanceId !== instance.instanceId || !isSameName(task.databaseName, name);
      return !isOther && ["importing", "pending", "opening"].includes(standing);
    });
    if (busy) throw new RdsError("InvalidDBState");
    return null;
  }
  const task = context.records.tasks.find(
    (one) => one.taskId === taskId && one.instanceId === instance.instanceId,
  );
  if (task === undefined) throw new RdsError("InvalidMigrateTask");
  if (!isSameName(task.databaseName, name)) throw new RdsError("InvalidDBName");
  if (databaseStandingAt(task, context.now()) !== "pending") throw new RdsError("InvalideStatus");
  return task;
}

export function assertModes(
  { scenario }: RdsContext,
  call: RdsCall,
): { backupMode: "FULL" | "UPDF"; isOnline: boolean } {
  const backupMode = requireParameter(call, "BackupMode");
  const isOnline = requireParameter(call, "IsOnlineDB").toLowerCase();
  if (isOnline !== "true" && isOnline !== "false")
    throw new RdsError("InvalidParameter", { as: "InvalidIsOnlineDB" });
  if (backupMode !== "FULL" && backupMode !== "UPDF") {
    throw new RdsError("InvalidParameter", { as: "InvalidBackupMode" });
  }
  if ((backupMode === "FULL") !== (isOnline === "true")) throw new RdsError("DatabaseMustOnline");
  if (scenario.current.mustInstanceOpen && isOnline === "false") throw new RdsError("DatabaseMustOnline");
  return { backupMode, isOnline: isOnline === "true" };
}

/** `AsyncExecuteDBCheck` unless the call says otherwise. */
export function checkModeOf(call: RdsCall): "AsyncExecuteDBCheck" | "SyncExecuteDBCheck" {
  const mode = call.parameters.get("CheckDBMode") ?? "AsyncExecuteDBCheck";
  if (mode !== "AsyncExecuteDBCheck" && mode !== "SyncExecuteDBCheck") {
    throw new RdsError("InvalidParameter", { as: "InvalidCheckDBMode" });
  }
  return mode;
}

import type { BackupSet } from "@/lib/backup/header";
import { readAsServer } from "@/sandbox/backup-writer/read-as-server";
import type { BucketFiles } from "@/sandbox/oss/bucket-files";
import { readObjectRange } from "@/sandbox/oss/oss-files";
import type { ObjectRecord } from "@/sandbox/oss/records";
import { readContents } from "@/sandbox/sqlserver/model/contents";
import { assertBudget, assertModes, assertName, checkModeOf, findFile, findParent } from "./import-checks";
import { planImportSteps, planOpening } from "./import-steps";
import { type ImportVerdict, judgeImport } from "./import-verdict";
import { freeBytesAt } from "./instance-space";
import { openingFaults } from "./opening-faults";
import { overwrite } from "./overwrite-object";
import { getInstance, type RdsCall, type RdsContext, requireParameter } from "./rds-context";
import { RdsError } from "./rds-error";
import type { ImportFile, StoredTarget, TaskRecord } from "./records";
import type { RestoreTarget } from "./restore-rules";
import { databasesAt, isSameName } from "./task-standing";

const LARGEST_FILE_BYTES = 3 * 1024 ** 4;

function toTarget(stored: StoredTarget | null): RestoreTarget | null {
  if (stored === null) return null;
  const { fullCheckpointLsn } = stored;
  return {
    ...stored,
    redoLsn: BigInt(stored.redoLsn),
    fullCheckpointLsn: fullCheckpointLsn === null ? null : BigInt(fullCheckpointLsn),
    recovered: false,
  };
}

function toStored(target: RestoreTarget): StoredTarget {
  const { databaseName, familyGuid, redoLsn, forkGuid, fullGuid, fullCheckpointLsn } = target;
  return {
    databaseName,
    familyGuid,
    redoLsn: redoLsn.toString(),
    forkGuid,
    fullGuid,
    fullCheckpointLsn: fullCheckpointLsn?.toString() ?? null,
  };
}

function planFile(
  context: RdsContext,
  bucket: BucketFiles,
  object: ObjectRecord,
  verdict: ImportVerdict,
  { databaseName, acceptedAtMs }: { databaseName: string; acceptedAtMs: number },
): ImportFile {
  const type = verdict.ok ? verdict.set.type : verdict.type;
  const backupMode =
    type === "log" ? "Transaction_Log" : type === "differential" ? "Differential_Database" : "Database";
  const file = {
    bucket: bucket.record.name,
    key: object.key,
    sizeBytes: object.sizeBytes,
    backupMode,
    acceptedAtMs,
  } as const;
  const { scenario } = context;
  const { lastLogExtraSeconds, slowDatabase } = scenario.current;
  const isSlow =
    slowDatabase === null
      ? scenario.wereWritesStopped
      : slowDatabase === databaseName && scenario.wereWritesStoppedOf(slowDatabase);
  const steps = planImportSteps(file, context.timeFactor, verdict.ok ? null : verdict.step, {
    restore: isSlow ? lastLogExtraSeconds : 0,
  });
  return { ...file, steps, ok: verdict.ok, failure: verdict.ok ? "" : verdict.message };
}

function keepContents(task: TaskRecord, set: BackupSet): void {
  const contents = readContents(set.mediaDescription);
  if (contents !== null) task.contents = contents;
  if (set.type === "full") {
    task.dataFiles = set.files.map(({ logicalName, type, fileId, sizeBytes }) => ({
      logicalName,
      type,
      fileId,
      sizeBytes,
    }));
  }
}

function isFirstLog(task: TaskRecord, { backupMode }: ImportFile): boolean {
  return backupMode === "Transaction_Log" && task.files.every((file) => file.backupMode !== backupMode);
}

/** In the scenario of it, what is handed over after the source was closed can't be restored (Msg 3203). */
function spoilLastLog({ scenario }: RdsContext, verdict: ImportVerdict, fileName: string): ImportVerdict {
  const { lastLogFails } = scenario.current;
  if (!verdict.ok || lastLogFails === null || !scenario.wereWritesStopped) return verdict;
  // However often that file is handed over again.
  if (lastLogFails === "first" && scenario.firstLastLog(fileName) !== fileName) return verdict;
  const message = `Read on "${fileName}" failed: 121(The semaphore timeout period has expired.)RESTORE LOG is terminating abnormally.`;
  return { ok: false, step: "restore", message, type: verdict.set.type };
}

/**
 * CreateMigrateTask. FULL opens the database after the restore; UPDF leaves it restoring: without MigrateTaskId it takes
 * the full backup that begins a chain, with it the next differential or log backup. What will become of the file is
 * decided here, once; its states then follow the clock.
 */
export async function createMigrateTask(context: RdsContext, call: RdsCall): Promise<object> {
  const { records } = context;
  const instance = getInstance(context, call, "InvalidDBInstanceId.NotFound");
  const databaseName = requireParameter(call, "DBName");
  const { backupMode, isOnline } = assertModes(context, call);
  const checkMode = checkModeOf(call);
  if (instance.status !== "Running") throw new RdsError("InvalidInstanceState");
  assertName(databaseName);
  if (!records.importRolePresent) throw new RdsError("EntityNotExist.Role");
  const { bucket, object } = findFile(context, call);
  if (object.sizeBytes > LARGEST_FILE_BYTES) throw new RdsError("BakFileSizeExceeded");
  if (object.sizeBytes > instance.storageGb * 1024 ** 3) throw new RdsError("ExceedDiskSize");
  const parent = findParent(context, call, instance, databaseName);
  if (parent !== null && isOnline) throw new RdsError("InvalideStatus");
  assertBudget(context, instance, databaseName);

  const reading = await readAsServer({
    sizeBytes: object.sizeBytes,
    read: (offset, length) => readObjectRange(bucket, object, offset, length),
  });
  const nowMs = context.now();
  const present = databasesAt(records, instance, nowMs);
  const fileName = object.key.slice(object.key.lastIndexOf("/") + 1);
  const judged = judgeImport({
    fileName,
    fileBytes: object.sizeBytes,
    reading,
    databaseName,
    target: toTarget(parent?.target ?? null),
    databaseVersion: instance.databaseVersion,
    isEncrypted: context.scenario.current.isSourceEncrypted,
    freeBytes: freeBytesAt(records, instance, nowMs),
    databaseExists: parent === null && present.some((database) => isSameName(database.name, databaseName)),
    databaseCount: present.length,
    maxDatabases: instance.maxDatabases,
  });
  const verdict = spoilLastLog(context, judged, fileName);
  const file = planFile(context, bucket, object, verdict, { databaseName, acceptedAtMs: nowMs });
  const task: TaskRecord = parent ?? {
    taskId: String(records.nextId++),
    instanceId: instance.instanceId,
    databaseName,
    backupMode,
    createdAtMs: nowMs,
    files: [],
    target: null,
    sizeBytes: 0,
    opening: null,
    terminatedAtMs: null,
    droppedAtMs: null,
  };
  if (parent === null) records.tasks.push(task);
  if (context.scenario.current.isFirstLogReplaced && isFirstLog(task, file)) overwrite(bucket, object);
  task.files.push(file);
  if (verdict.ok) {
    task.target = toStored(verdict.target);
    task.sizeBytes += verdict.sizeBytes;
    keepContents(task, verdict.set);
    const restoredAtMs = file.steps.at(-1)?.atMs ?? nowMs;
    if (isOnline) {
      const opening = { acceptedAtMs: restoredAtMs, checkMode };
      task.opening = planOpening(opening, context.timeFactor, openingFaults(context, task));
    }
  }
  records.ledger.push({
    instanceId: instance.instanceId,
    bucket: file.bucket,
    objectKey: file.key,
    databaseName,
    backupMode,
    taskId: task.taskId,
    acceptedAt: new Date(nowMs).toISOString(),
    requestId: call.requestId,
  });
  if (
    records.lostImportKeys.length < context.scenario.current.lostImportAnswers &&
    !records.lostImportKeys.includes(file.key)
  ) {
    records.lostImportKeys.push(file.key);
    call.isAnswerLost = true;
  }
  context.save();
  return {
    DBInstanceId: instance.instanceId,
    DBName: databaseName,
    BackupMode: backupMode,
    MigrateTaskId: task.taskId,
    TaskId: String(900_000_000 + records.ledger.length),
  };
}

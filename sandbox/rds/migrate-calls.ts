import { checkModeOf } from "./import-checks";
import { planOpening } from "./import-steps";
import { openingFaults } from "./opening-faults";
import {
  formatInstant,
  getInstance,
  pageOf,
  type RdsCall,
  type RdsContext,
  requireParameter,
  windowOf,
} from "./rds-context";
import { RdsError, type RdsErrorCode } from "./rds-error";
import type { InstanceRecord, TaskRecord } from "./records";
import {
  databaseStandingAt,
  fileEndMs,
  fileStatusAt,
  isSameName,
  taskDescriptionAt,
  taskEndMs,
  taskStatusAt,
} from "./task-standing";

function findTask(
  context: RdsContext,
  call: RdsCall,
  instance: InstanceRecord,
  unknown: RdsErrorCode,
): TaskRecord {
  const taskId = requireParameter(call, "MigrateTaskId");
  const task = context.records.tasks.find(
    (one) => one.taskId === taskId && one.instanceId === instance.instanceId,
  );
  if (task === undefined) throw new RdsError(unknown);
  return task;
}

function describeTask(context: RdsContext, task: TaskRecord) {
  const nowMs = context.now();
  const hasEnded = nowMs >= taskEndMs(task);
  const hasAccounts = context.records.accounts.some((account) => account.instanceId === task.instanceId);
  return {
    MigrateTaskId: task.taskId,
    DBName: task.databaseName,
    BackupMode: task.backupMode,
    Status: taskStatusAt(task, nowMs),
    CreateTime: formatInstant(task.createdAtMs),
    EndTime: hasEnded ? formatInstant(taskEndMs(task)) : "",
    IsDBReplaced: "False",
    Description: taskDescriptionAt(task, nowMs, hasAccounts),
  };
}

/** CreateOnlineDatabaseTask. The same ClientToken again is the same opening. */
export function createOnlineDatabaseTask(context: RdsContext, call: RdsCall): object {
  const { records } = context;
  const instance = getInstance(context, call);
  const databaseName = requireParameter(call, "DBName");
  requireParameter(call, "CheckDBMode");
  const checkMode = checkModeOf(call);
  const token = call.parameters.get("ClientToken") ?? "";
  if (token.length > 64 || !/^[\x20-\x7e]*$/.test(token)) {
    throw new RdsError("InvalidParameter", { as: "InvalidClientToken" });
  }
  const task = findTask(context, call, instance, "InvalidMigrateTask");
  if (!isSameName(task.databaseName, databaseName)) throw new RdsError("InvalidMigrateTask");
  const earlier = records.openTokens.find((one) => token !== "" && one.token === token);
  if (earlier !== undefined) {
    if (earlier.taskId !== task.taskId)
      throw new RdsError("InvalidParameter", { as: "IdempotentParameterMismatch" });
    return {};
  }
  if (instance.status !== "Running") throw new RdsError("IncorrectDBInstanceState");
  if (databaseStandingAt(task, context.now()) !== "pending") throw new RdsError("InvalideStatus");
  const opening = { acceptedAtMs: context.now(), checkMode };
  task.opening = planOpening(opening, context.timeFactor, openingFaults(context, task));
  if (token !== "") records.openTokens.push({ token, taskId: task.taskId, requestId: call.requestId });
  if (context.scenario.current.loseOneAnswerEach && !records.openAnswerLost) {
    records.openAnswerLost = true;
    call.isAnswerLost = true;
  }
  context.save();
  return {};
}

/** DescribeMigrateTasks: tasks created in the window, the newest first, of the last eight days. */
export function describeMigrateTasks(context: RdsContext, call: RdsCall): object {
  const instance = getInstance(context, call);
  const { fromMs, toMs } = windowOf(call);
  const oldestMs = context.now() - 8 * 86_400_000;
  const tasks = context.records.tasks
    .filter(
      (task) =>
        task.instanceId === instance.instanceId &&
        task.createdAtMs >= Math.max(fromMs, oldestMs) &&
        task.createdAtMs <= toMs,
    )
    .sort(
      (left, right) => right.createdAtMs - left.createdAtMs || Number(right.taskId) - Number(left.taskId),
    );
  const { rows, ...counts } = pageOf(call, tasks, { default: 30, max: 100 });
  return {
    DBInstanceId: instance.instanceId,
    ...counts,
    Items: { MigrateTask: rows.map((task) => describeTask(context, task)) },
  };
}

/** DescribeMigrateTaskById. */
export function describeMigrateTaskById(context: RdsContext, call: RdsCall): object {
  const instance = getInstance(context, call);
  const task = findTask(context, call, instance, "InvalidMigrateTask");
  const told = context.scenario.current.taskWord;
  const word = told && call.count >= told.from && call.count <= told.until ? { Status: told.status } : {};
  return { DBInstanceName: instance.instanceId, ...describeTask(context, task), ...word };
}

/** DescribeOssDownloads: the files of a task in the order they were given. */
export function describeOssDownloads(context: RdsContext, call: RdsCall): object {
  const instance = getInstance(context, call);
  const task = findTask(context, call, instance, "InvalidMigrateTask");
  const nowMs = context.now();
  const files = task.files.map((file) => {
    const hasEnded = nowMs >= fileEndMs(file);
    return {
      FileName: file.key.slice(file.key.lastIndexOf("/") + 1),
      FileSize: String(Math.max(1, Math.round(file.sizeBytes / 1024 ** 2))),
      BackupMode: file.backupMode,
      Status: fileStatusAt(file, nowMs),
      IsAvailable: hasEnded && !file.ok ? "False" : "True",
      CreateTime: formatInstant(file.acceptedAtMs),
      EndTime: hasEnded ? formatInstant(fileEndMs(file)) : "",
      Description: hasEnded ? file.failure : "",
    };
  });
  return { DBInstanceId: instance.instanceId, MigrateTaskId: task.taskId, Items: { OssDownload: files } };
}

/** TerminateMigrateTask: only tasks of a full backup, and only while they run. */
export function terminateMigrateTask(context: RdsContext, call: RdsCall): object {
  const instance = getInstance(context, call);
  const task = findTask(context, call, instance, "InvalidTask.NotFound");
  if (task.backupMode !== "FULL") throw new RdsError("InvalidTaskType.Invalid");
  const status = taskStatusAt(task, context.now());
  if (status !== "NoStart" && status !== "Running") throw new RdsError("InvalidTaskStatus");
  task.terminatedAtMs = context.now();
  context.save();
  return {};
}

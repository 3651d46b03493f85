import { stableGuid } from "@/sandbox/backup-writer/stable-guid";
import { downloadLinks } from "./download-backup";
import {
  formatInstant,
  getInstance,
  loseAnswerOnce,
  pageOf,
  parseMinute,
  type RdsCall,
  type RdsContext,
} from "./rds-context";
import { RdsError } from "./rds-error";
import type { BackupRecord, HeldDatabase, TaskRecord } from "./records";
import { databasesAt, isSameName } from "./task-standing";

const BACKUPS_PER_DAY = 20;
const BACKUP_SECONDS = 60;
const METHODS = new Set(["Logical", "Physical", "Snapshot"]);

/** CreateBackup: one job at a time, 20 sets a day. */
export function createBackup(context: RdsContext, call: RdsCall): object {
  const { records } = context;
  const instance = getInstance(context, call);
  const nowMs = context.now();
  const method = call.parameters.get("BackupMethod") ?? "Physical";
  if (!METHODS.has(method)) throw new RdsError("InvalidBackupMethod.ValueNotSupport");
  if (instance.status !== "Running") throw new RdsError("IncorrectDBInstanceState");
  const own = records.backups.filter((backup) => backup.instanceId === instance.instanceId);
  if (own.some((backup) => backup.endedAtMs > nowMs)) throw new RdsError("BackupJobExists");
  const manual = own.filter((backup) => backup.mode === "Manual" && backup.startedAtMs > nowMs - 86_400_000);
  if (manual.length >= BACKUPS_PER_DAY) throw new RdsError("Exceeded.BackupTimes");
  const online = databasesAt(records, instance, nowMs).filter((database) => database.status === "Running");
  const asked = (call.parameters.get("DBName") ?? "").split(",").filter((name) => name !== "");
  const chosen = online.filter(
    (database) => asked.length === 0 || asked.some((name) => isSameName(name, database.name)),
  );
  if (chosen.length < asked.length) throw new RdsError("InvalidDB.NotFound");
  const jobId = records.nextId++;
  records.backups.push({
    instanceId: instance.instanceId,
    jobId,
    backupId: String(1_000_000_000 + jobId),
    mode: "Manual",
    method,
    strategy: call.parameters.get("BackupStrategy") ?? "instance",
    databaseNames: chosen.map((database) => database.name),
    startedAtMs: nowMs,
    endedAtMs: nowMs + (BACKUP_SECONDS * 1000) / context.timeFactor,
    sizeBytes: chosen.reduce((sum, database) => sum + database.sizeBytes, 0),
    held: chosen.flatMap(({ task }) => (task === null ? [] : heldOf(task))),
  });
  loseAnswerOnce(context, call, "CreateBackup");
  context.save();
  return { BackupJobId: String(jobId) };
}

/** A recovered database writes on in a fork of its own, which began where the last restored file ended. */
function heldOf(task: TaskRecord): HeldDatabase[] {
  const { taskId, databaseName: name, target, dataFiles = [] } = task;
  if (target === null) return [];
  const { redoLsn, familyGuid } = target;
  const contents = task.contents ? { ...task.contents } : null;
  return [{ name, redoLsn, familyGuid, forkGuid: stableGuid("rds fork", taskId), contents, dataFiles }];
}

const PHASES = ["Preparing", "Uploading", "Checking"] as const;

function progressAt(backup: BackupRecord, nowMs: number): { status: string; percent: number } {
  const share = (nowMs - backup.startedAtMs) / (backup.endedAtMs - backup.startedAtMs);
  if (share >= 1) return { status: "Finished", percent: 100 };
  return {
    status: PHASES[Math.floor(share * PHASES.length)] ?? "Preparing",
    percent: Math.floor(share * 100),
  };
}

/** DescribeBackupTasks: jobs of the last day, the newest first. */
export function describeBackupTasks(context: RdsContext, call: RdsCall): object {
  const instance = getInstance(context, call);
  const nowMs = context.now();
  const jobId = call.parameters.get("BackupJobId") ?? "";
  const jobs = context.records.backups
    .filter(
      (backup) =>
        backup.instanceId === instance.instanceId &&
        (jobId === "" ? backup.startedAtMs > nowMs - 86_400_000 : String(backup.jobId) === jobId),
    )
    .reverse();
  const BackupJob = jobs.map((backup) => {
    const { status, percent } = progressAt(backup, nowMs);
    return {
      BackupJobId: String(backup.jobId),
      ...(percent === 100 ? { BackupId: backup.backupId } : {}),
      BackupProgressStatus: status,
      BackupStatus: status,
      Process: String(percent),
      JobMode: backup.mode,
      TaskAction: "bak",
    };
  });
  return { Items: { BackupJob } };
}

/** DescribeBackups: finished sets, the newest first. */
export function describeBackups(context: RdsContext, call: RdsCall): object {
  const instance = getInstance(context, call);
  const nowMs = context.now();
  const from = call.parameters.get("StartTime") ?? "";
  const to = call.parameters.get("EndTime") ?? "";
  const fromMs = from === "" ? 0 : parseMinute(from);
  const toMs = to === "" ? nowMs : parseMinute(to);
  if (toMs < fromMs) throw new RdsError("InvalidParameter", { as: "InvalidParameterCombination" });
  const matches = (name: string, value: string) => [undefined, "", value].includes(call.parameters.get(name));
  const backups = context.records.backups
    .filter(
      (backup) =>
        backup.instanceId === instance.instanceId &&
        backup.endedAtMs <= nowMs &&
        backup.startedAtMs >= fromMs &&
        backup.startedAtMs <= toMs &&
        matches("BackupId", backup.backupId) &&
        matches("BackupMode", backup.mode) &&
        matches("BackupStatus", "Success"),
    )
    .sort((left, right) => right.startedAtMs - left.startedAtMs);
  const { rows, PageNumber, PageRecordCount, TotalRecordCount } = pageOf(call, backups, {
    default: 30,
    max: 1000,
  });
  const Backup = rows.map((backup) => ({
    BackupId: backup.backupId,
    BackupStatus: "Success",
    BackupType: "FullBackup",
    BackupMethod: backup.method,
    BackupMode: backup.mode,
    BackupSize: backup.sizeBytes,
    BackupStartTime: formatInstant(backup.startedAtMs),
    BackupEndTime: formatInstant(backup.endedAtMs),
    CopyOnlyBackup: "0",
    DBInstanceId: instance.instanceId,
    Engine: "SQLServer",
    EngineVersion: instance.engineVersion,
    StorageClass: "0",
    StoreStatus: "Disabled",
    ...downloadLinks(context, backup),
  }));
  return {
    PageNumber: String(PageNumber),
    PageRecordCount: String(PageRecordCount),
    TotalRecordCount: String(TotalRecordCount),
    Items: { Backup },
  };
}

/** DescribeBackupPolicy: one daily backup, logs every half hour, kept a week. */
export function describeBackupPolicy(context: RdsContext, call: RdsCall): object {
  const instance = getInstance(context, call);
  const next = new Date(context.now() + 86_400_000).toISOString().slice(0, 10);
  return {
    Category: instance.category,
    PreferredBackupPeriod: "Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday",
    PreferredBackupTime: "18:00Z-19:00Z",
    PreferredNextBackupTime: `${next}T18:00Z`,
    BackupRetentionPeriod: 7,
    BackupMethod: "Physical",
    BackupLog: "Enable",
    EnableBackupLog: "1",
    LogBackupFrequency: "30",
    LogBackupRetentionPeriod: 7,
    BackupInterval: "-1",
  };
}

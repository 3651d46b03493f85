import type { FileStatus, ImportFile, InstanceRecord, RdsRecords, TaskRecord } from "./records";

export type TaskStatus = "NoStart" | "Running" | "Success" | "Failed" | "Waiting" | "Terminated";

/** What there is of a task's database on the instance. */
export type DatabaseStanding = "absent" | "importing" | "pending" | "opening" | "online";

export function fileStatusAt(file: ImportFile, nowMs: number): FileStatus {
  let status: FileStatus = "NoStart";
  for (const step of file.steps) if (step.atMs <= nowMs) status = step.status;
  return status;
}

export function fileEndMs(file: ImportFile): number {
  return file.steps.at(-1)?.atMs ?? file.acceptedAtMs;
}

/** When a task's last activity ends or ended: of its last file, or of its opening. */
export function taskEndMs(task: TaskRecord): number {
  const { opening } = task;
  if (task.terminatedAtMs !== null) return task.terminatedAtMs;
  if (opening !== null) {
    return opening.checkMode === "SyncExecuteDBCheck" ? opening.checkedAtMs : opening.onlineAtMs;
  }
  const last = task.files.at(-1);
  return last === undefined ? task.createdAtMs : fileEndMs(last);
}

export function taskStatusAt(task: TaskRecord, nowMs: number): TaskStatus {
  if (task.terminatedAtMs !== null) return "Terminated";
  const [first] = task.files;
  if (first !== undefined && fileStatusAt(first, nowMs) === "NoStart") return "NoStart";
  if (nowMs < taskEndMs(task)) return "Running";
  if (task.opening !== null) return task.opening.failure === "" ? "Success" : "Failed";
  return task.files.at(-1)?.ok === false ? "Failed" : "Waiting";
}

/** The Description column: what failed, or the verdict of DBCC when it has one. */
export function taskDescriptionAt(task: TaskRecord, nowMs: number, hasAccounts: boolean): string {
  const { opening } = task;
  if (opening !== null && nowMs >= taskEndMs(task)) {
    if (opening.failure !== "") return opening.failure;
    const { checkFailure = "" } = opening;
    if (checkFailure !== "" && nowMs >= opening.checkedAtMs) {
      return opening.checkMode === "AsyncExecuteDBCheck"
        ? `asynchronously DBCC checkdb failed: ${checkFailure}`
        : `DBCC checkdb failed: ${checkFailure}`;
    }
    if (!hasAccounts) {
      return `Your RDS doesn't have any init account yet, please create one and grant permissions on RDS console to this migrated database (${task.databaseName}).`;
    }
    const isChecked = opening.checkMode === "AsyncExecuteDBCheck" && nowMs >= opening.checkedAtMs;
    return isChecked ? "Success to DBCC checkdb asynchronously." : "";
  }
  const last = task.files.at(-1);
  return last !== undefined && nowMs >= fileEndMs(last) ? last.failure : "";
}

/** Where the task's database stands: only `pending` takes another file or can be opened. */
export function databaseStandingAt(task: TaskRecord, nowMs: number): DatabaseStanding {
  if (task.droppedAtMs !== null || task.terminatedAtMs !== null) return "absent";
  const last = task.files.at(-1);
  if (last === undefined) return "absent";
  if (nowMs < fileEndMs(last)) return "importing";
  if (task.target === null) return "absent";
  if (task.opening === null) return "pending";
  if (nowMs < taskEndMs(task)) return "opening";
  return task.opening.failure === "" ? "online" : "pending";
}

/** DBStatus: the console shows a pending database as In Recovery, or as Restoring on Basic Edition. */
export function databaseStatusOf(standing: DatabaseStanding, instance: InstanceRecord): string {
  if (standing === "online") return "Running";
  return instance.category === "Basic" ? "Restoring" : "In Recovery";
}

export interface PresentDatabase {
  name: string;
  collation: string;
  description: string;
  status: string;
  sizeBytes: number;
  /** Null: it was not imported. */
  task: TaskRecord | null;
}

/** All databases there are on an instance at an instant, those being restored included. */
export function databasesAt(records: RdsRecords, instance: InstanceRecord, nowMs: number): PresentDatabase[] {
  const own = records.databases
    .filter((database) => database.instanceId === instance.instanceId)
    .map((database): PresentDatabase => ({ ...database, status: "Running", task: null }));
  const imported = records.tasks.flatMap((task): PresentDatabase[] => {
    const standing = databaseStandingAt(task, nowMs);
    const [first] = task.files;
    if (task.instanceId !== instance.instanceId || standing === "absent" || first === undefined) return [];
    // The database appears when its full backup begins to be restored, not while the file is still on its way.
    const status = fileStatusAt(first, nowMs);
    if (status !== "Restoring" && status !== "Restored") return [];
    return [
      {
        name: task.databaseName,
        collation: instance.collation,
        description: "",
        status: databaseStatusOf(standing, instance),
        sizeBytes: task.sizeBytes,
        task,
      },
    ];
  });
  return [...own, ...imported];
}

export function isSameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

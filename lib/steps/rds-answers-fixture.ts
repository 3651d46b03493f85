import type { RdsFile, RdsTask } from "@/lib/rds/rds-account";

/** A task as RDS lists it. */
export function rdsTask(more: Partial<RdsTask> = {}): RdsTask {
  return {
    taskId: "7",
    databaseName: "Sales",
    method: "access_pending",
    status: "running",
    providerStatus: "Running",
    createdAt: "2026-05-04T10:00:00Z",
    endedAt: null,
    databaseReplaced: false,
    description: "",
    ...more,
  };
}

/** A file of a task as RDS lists it. */
export function rdsFile(more: Partial<RdsFile> = {}): RdsFile {
  return {
    fileName: "full.bak",
    sizeBytes: 1,
    type: "full",
    status: "downloading",
    providerStatus: "Downloading",
    createdAt: "2026-05-04T10:00:00Z",
    endedAt: null,
    description: "",
    ...more,
  };
}

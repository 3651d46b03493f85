import type { RecordTaskView } from "@/lib/contracts/record";
import { diagnoseDescription } from "@/lib/diagnosis/diagnose-description";
import type { RdsTask } from "@/lib/rds/rds-account";
import type { ImportTask } from "@/lib/store/generated/client";

/** A task as RDS lists it now. */
export function taskViewOfRds(
  task: RdsTask,
  migrationId: string | null,
): Omit<RecordTaskView, "sourceClosedSince"> {
  return {
    rdsTaskId: task.taskId,
    databaseName: task.databaseName,
    method: task.method,
    status: task.status,
    providerStatus: task.providerStatus,
    startedAt: instant(task.createdAt),
    endedAt: instant(task.endedAt),
    replaced: task.databaseReplaced,
    description: task.description,
    diagnosis: diagnoseDescription(task.description),
    migrationId,
    listedByRds: true,
  };
}

/** A task as we remember it. */
export function taskViewOfRow(row: ImportTask): Omit<RecordTaskView, "sourceClosedSince"> {
  return {
    rdsTaskId: row.rdsTaskId,
    databaseName: row.databaseName,
    method: oneOf(METHODS, row.method),
    status: oneOf(STATUSES, row.status),
    providerStatus: row.providerStatus,
    startedAt: (row.rdsCreatedAt ?? row.firstSeenAt).toISOString(),
    endedAt: row.rdsEndedAt?.toISOString() ?? null,
    replaced: row.replaced,
    description: row.description,
    diagnosis: diagnoseDescription(row.description),
    migrationId: row.migrationId,
    listedByRds: false,
  };
}

const METHODS = ["access_pending", "immediate", "other"] as const;
const STATUSES = ["not_started", "running", "succeeded", "failed", "waiting_for_backup", "other"] as const;

function oneOf<T extends string>(values: readonly (T | "other")[], text: string): T | "other" {
  return values.find((value) => value === text) ?? "other";
}

/** The contract wants milliseconds' form; providers leave them out. */
function instant(text: string | null): string | null {
  return text === null ? null : new Date(text).toISOString();
}

import type { RecordTaskView } from "@/lib/contracts/record";
import { csvText } from "./csv-text";

const COLUMNS = [
  ["rds_task_id", (task) => task.rdsTaskId],
  ["database", (task) => task.databaseName],
  ["method", (task) => task.method],
  ["status", (task) => task.status],
  ["provider_status", (task) => task.providerStatus],
  ["started_at", (task) => task.startedAt ?? ""],
  ["ended_at", (task) => task.endedAt ?? ""],
  ["replaced", (task) => (task.replaced ? "yes" : "no")],
  ["description", (task) => task.description],
  ["migration_id", (task) => task.migrationId ?? ""],
  ["listed_by_rds", (task) => (task.listedByRds ? "yes" : "no")],
] as const satisfies readonly (readonly [string, (task: RecordTaskView) => string])[];

/** The tasks as CSV, a column a field. */
export function tasksCsv(tasks: readonly RecordTaskView[]): string {
  return csvText<RecordTaskView>(COLUMNS, tasks);
}

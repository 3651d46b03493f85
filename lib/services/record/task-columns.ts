import type { RecordTaskView } from "@/lib/contracts/record";
import type { CsvColumn } from "./csv-text";

/** What a CSV says of a task in every list of tasks. */
export const TASK_COLUMNS = [
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
] as const satisfies readonly CsvColumn<Omit<RecordTaskView, "listedByRds" | "sourceClosedSince">>[];

import type { RecordTaskView } from "@/lib/contracts/record";

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

/** RFC 4180 with a byte order mark, so that Excel reads Chinese. Cells that a spreadsheet would run get a leading quote. */
export function tasksCsv(tasks: readonly RecordTaskView[]): string {
  const head = COLUMNS.map(([name]) => name).join(",");
  const lines = tasks.map((task) => COLUMNS.map(([, value]) => cell(value(task))).join(","));
  return `\uFEFF${[head, ...lines].join("\r\n")}\r\n`;
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

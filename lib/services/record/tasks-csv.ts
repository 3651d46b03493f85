import type { RecordTaskView } from "@/lib/contracts/record";
import { type CsvColumn, csvText } from "./csv-text";
import { TASK_COLUMNS } from "./task-columns";

const COLUMNS = [
  ...TASK_COLUMNS,
  ["listed_by_rds", (task) => (task.listedByRds ? "yes" : "no")],
] as const satisfies readonly CsvColumn<RecordTaskView>[];

/** The tasks as CSV, a column a field. */
export function tasksCsv(tasks: readonly RecordTaskView[]): string {
  return csvText<RecordTaskView>(COLUMNS, tasks);
}

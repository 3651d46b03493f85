import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type {
  HistoryFilter,
  HistoryKind,
  HistoryMigrationView,
  HistoryTaskView,
} from "@/lib/contracts/history";
import { type CsvColumn, csvHead, csvLine } from "../record/csv-text";
import { TASK_COLUMNS } from "../record/task-columns";
import { readMigrations } from "./find-migrations";
import { readTasks } from "./find-tasks";

const HISTORY_TASK_COLUMNS = [
  ["account", (task) => task.account ?? task.connectionId],
  ["instance", (task) => task.instanceId],
  ...TASK_COLUMNS,
  ["person", (task) => task.person ?? ""],
] as const satisfies readonly CsvColumn<HistoryTaskView>[];

const MIGRATION_COLUMNS = [
  ["migration_id", (row) => row.id],
  ["name", (row) => row.name],
  ["status", (row) => row.status],
  ["phase", (row) => row.phase],
  ["method", (row) => row.method ?? ""],
  ["account", (row) => row.account ?? ""],
  ["instance", (row) => row.instanceId ?? ""],
  ["source_database", (row) => row.sourceDatabase ?? ""],
  ["target_database", (row) => row.targetDatabase ?? ""],
  ["ticket", (row) => row.ticket ?? ""],
  ["person", (row) => row.person],
  ["files", (row) => String(row.files)],
  ["created_at", (row) => row.createdAt],
  ["started_at", (row) => row.startedAt ?? ""],
  ["online_at", (row) => row.onlineAt ?? ""],
  ["finished_at", (row) => row.finishedAt ?? ""],
] as const satisfies readonly CsvColumn<HistoryMigrationView>[];

/** Rows of one statement: as much as is held in memory at a time. */
const AT_A_TIME = 500;

/**
 * All rows that the filter lets through, from the first, as CSV in pieces, each read when the one before was taken: what is
 * written meanwhile changes no row that was told already. Throws as `findTasks` does, before the first piece.
 */
export async function historyCsv({
  ctx,
  input,
}: Use<{ kind: HistoryKind; filter: HistoryFilter }>): Promise<AsyncGenerator<string, void>> {
  requireRole(ctx.actor, "viewer");
  const filter = { ...input.filter, after: "" };
  return input.kind === "tasks"
    ? pieces(ctx, filter, HISTORY_TASK_COLUMNS, readTasks)
    : pieces(ctx, filter, MIGRATION_COLUMNS, readMigrations);
}

/** The first piece is read at once, so that a filter that can't be understood is a failure and no empty file. */
async function pieces<Row>(
  ctx: Ctx,
  filter: HistoryFilter,
  columns: readonly CsvColumn<Row>[],
  read: (ctx: Ctx, filter: HistoryFilter, limit: number) => Promise<{ rows: Row[]; next: string | null }>,
): Promise<AsyncGenerator<string, void>> {
  const first = await read(ctx, filter, FIRST);
  const linesOf = (rows: readonly Row[]) => rows.map((row) => csvLine(columns, row)).join("");
  async function* all() {
    yield csvHead(columns) + linesOf(first.rows);
    for (let { next } = first; next !== null; ) {
      const page = await read(ctx, { ...filter, after: next }, AT_A_TIME);
      yield linesOf(page.rows);
      next = page.next;
    }
  }
  return all();
}

/** Few, so that a browser sees soon that the file comes. */
const FIRST = 50;

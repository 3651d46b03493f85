import type { MigrationSummaryView } from "@/lib/contracts/migration-list";
import { PHASES } from "@/lib/migration/vocabulary/phase";

/** By what a row is ordered; null comes last, whatever the direction. */
const KEYS = {
  status: ({ status }) => status,
  database: ({ source, target }) => source.database ?? target.database,
  instance: ({ target }) => target.instanceId,
  phase: ({ phase }) => PHASES.indexOf(phase),
  gap: ({ gapSeconds }) => gapSeconds,
  forecast: ({ forecast }) => forecast?.downtimeSeconds.p50 ?? null,
  imports: ({ importsToday }) => importsToday.limit - importsToday.used,
} as const satisfies Record<string, (migration: MigrationSummaryView) => string | number | null>;

export type SortColumn = keyof typeof KEYS;

const isColumn = (word: string): word is SortColumn => Object.hasOwn(KEYS, word);

/** `gap`, `-gap` for the largest first; a word that is no column orders nothing. */
function readSort(sort: string): { column: SortColumn; descending: boolean } | null {
  const descending = sort.startsWith("-");
  const column = descending ? sort.slice(1) : sort;
  return isColumn(column) ? { column, descending } : null;
}

export function directionOf(sort: string, column: SortColumn): "ascending" | "descending" | null {
  const read = readSort(sort);
  if (read?.column !== column) return null;
  return read.descending ? "descending" : "ascending";
}

/** A column is ordered upwards, downwards, and then not any more. */
export function nextSort(sort: string, column: SortColumn): string {
  const direction = directionOf(sort, column);
  if (direction === null) return column;
  return direction === "ascending" ? `-${column}` : "";
}

/** Rows that are equal, or that know nothing of the column, stay in the order in which they came. */
export function sortRows(
  rows: readonly MigrationSummaryView[],
  sort: string,
): readonly MigrationSummaryView[] {
  const read = readSort(sort);
  if (read === null) return rows;
  const key = KEYS[read.column];
  const sign = read.descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    if (typeof left === "number" && typeof right === "number") return sign * (left - right);
    return sign * String(left).localeCompare(String(right));
  });
}

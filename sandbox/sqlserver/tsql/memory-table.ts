import type { MemoryTable } from "./engine-host";
import type { ColumnDef, SqlValue } from "./sql-type";

/** A table variable or temporary table: its rows live as long as it does. */
export function memoryTable(columns: readonly ColumnDef[], data: SqlValue[][] = []): MemoryTable {
  const table: MemoryTable = { columns: [...columns], data, rows: () => table.data };
  return table;
}

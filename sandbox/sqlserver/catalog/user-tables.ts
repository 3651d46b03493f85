import type { TableProfile } from "../model/database-profiles";
import type { DatabaseState } from "../model/server-state";
import type { SqlServerModel } from "../model/sql-server-model";
import type { TableSource } from "../tsql/engine-host";
import { SqlError } from "../tsql/sql-error";
import type { ColumnDef, SqlValue } from "../tsql/sql-type";
import { columnsOf } from "./define-view";
import { wall } from "./wall-time";

const known = new Map<TableProfile, ColumnDef[]>();

export function columnsOfTable(table: TableProfile): ColumnDef[] {
  const found = known.get(table);
  if (found !== undefined) return found;
  const columns = columnsOf(table.columns.map((c) => `[${c.name}] ${c.type}`).join(", "));
  known.set(table, columns);
  return columns;
}

/** A value that depends only on the row's number and its column. */
function value(column: ColumnDef, row: number, position: number, createdMs: number): SqlValue {
  const mixed = (row * 2654435761 + position * 40503) % 4294967296;
  switch (column.type.name) {
    case "int":
      return position === 0 ? row : (mixed % 50_000) + 1;
    case "bigint":
      return position === 0 ? BigInt(row) : BigInt((mixed % 50_000) + 1);
    case "numeric":
      return BigInt((mixed % 900_000) + 100);
    case "datetime2":
      return wall(createdMs) + row * 60_000;
    case "varchar":
      return `SKU-${String(row).padStart(6, "0")}`;
    default:
      return `${column.name} ${row}`;
  }
}

/** A query over more made-up rows than this is refused: the sandbox shares its process with the product. */
const MOST_ROWS = 1_000_000;

function outOfMemory(): SqlError {
  const text = "There is insufficient system memory in resource pool 'default' to run this query.";
  return new SqlError(701, 17, text, { state: 123, abortsBatch: true });
}

/** A user table: made-up rows, as many as the load has written. Counting them makes none. */
export function userTable(model: SqlServerModel, database: DatabaseState, table: TableProfile): TableSource {
  const columns = columnsOfTable(table);
  return {
    columns,
    rowCount: () => model.rowCount(database, table),
    rows: (limit) => {
      const length = Math.min(limit ?? Number.POSITIVE_INFINITY, model.rowCount(database, table));
      if (length > MOST_ROWS) throw outOfMemory();
      return Array.from({ length }, (_unused, i) =>
        columns.map((column, position) => value(column, i + 1, position, database.createdMs)),
      );
    },
  };
}

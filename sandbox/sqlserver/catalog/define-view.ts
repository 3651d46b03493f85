import type { SqlServerModel } from "../model/sql-server-model";
import type { Frame, TableFunction, TableSource } from "../tsql/engine-host";
import { parseColumnDefs } from "../tsql/parse-table-statement";
import { type ColumnDef, collationOf, isString, type SqlType, type SqlValue } from "../tsql/sql-type";
import { TokenCursor } from "../tsql/token-cursor";
import { tokenize } from "../tsql/tokenize";

/** A row by column name; what is left out is NULL. Booleans stand for bit, numbers also for bigint and numeric. */
export type ViewRow = Readonly<Record<string, SqlValue | boolean | undefined>>;

/** `database` is the one the view is asked in. */
export interface ViewContext {
  model: SqlServerModel;
  frame: Frame;
  database: string;
}

export interface View {
  columns: readonly ColumnDef[];
  open(context: ViewContext): TableSource;
}

/** Column definitions from their T-SQL text. */
export function columnsOf(text: string): ColumnDef[] {
  const sql = `(${text})`;
  return parseColumnDefs(new TokenCursor(tokenize(sql), sql));
}

function cell(value: SqlValue | boolean | undefined, type: SqlType): SqlValue {
  if (value === undefined || value === null) return null;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "number" && (type.name === "bigint" || type.name === "numeric"))
    return BigInt(Math.round(value));
  if (typeof value === "string" && type.name === "char") return value.padEnd(type.length, " ");
  return value;
}

export function arrange(columns: readonly ColumnDef[], rows: readonly ViewRow[]): SqlValue[][] {
  return rows.map((row) => columns.map((column) => cell(row[column.name], column.type)));
}

/** Strings of system views compare by the server's collation. */
function collated(columns: readonly ColumnDef[], model: SqlServerModel): readonly ColumnDef[] {
  const { collation } = model.state.traits ?? {};
  if (collation === undefined) return columns;
  const how = collationOf(collation);
  return columns.map((column) =>
    isString(column.type) ? { ...column, type: { ...column.type, ...how } } : column,
  );
}

/**
 * A system view: its columns as T-SQL writes them, its rows from the model. A statement opens it once and sees it as it was then,
 * however often a subquery reads it.
 */
export function view(columnText: string, rows: (context: ViewContext) => readonly ViewRow[]): View {
  const columns = columnsOf(columnText);
  return {
    columns,
    open: (context) => {
      let read: SqlValue[][] | null = null;
      return {
        columns: collated(columns, context.model),
        rows: () => {
          read ??= arrange(columns, rows(context));
          return read;
        },
      };
    },
  };
}

export interface FunctionView {
  open(context: ViewContext): TableFunction;
}

/** A system table-valued function. */
export function functionView(
  parameters: readonly SqlType[],
  columnText: string,
  rows: (context: ViewContext, args: readonly SqlValue[]) => readonly ViewRow[],
): FunctionView {
  const columns = columnsOf(columnText);
  return {
    open: (context) => ({ columns, parameters, rows: (args) => arrange(columns, rows(context, args)) }),
  };
}

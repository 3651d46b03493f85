import type { Expr } from "./ast";
import type { Frame } from "./engine-host";
import { invalidColumn, SqlError, unboundIdentifier } from "./sql-error";
import type { SqlType, SqlValue } from "./sql-type";

export interface ScopeColumn {
  /** The name the table goes by in this query: its alias, else its last name part. Null for select outputs. */
  table: string | null;
  name: string;
  type: SqlType;
}

/** The row an expression is evaluated on; `parent` is the row of the query around it. */
export interface Env {
  row: readonly SqlValue[];
  parent: Env | null;
  aggregates: readonly SqlValue[];
}

export interface Compiled {
  type: SqlType;
  eval(env: Env): SqlValue;
}

export interface AggregateSpec {
  name: string;
  argument: Compiled | null;
  type: SqlType;
}

export interface Aggregation {
  specs: AggregateSpec[];
  groupBy: readonly Expr[];
  groupKeys: ReadonlySet<string>;
  groupColumns: ReadonlySet<number>;
}

/** The names an expression may use. `aggregation` is set where the rows are groups. */
export interface Scope {
  columns: readonly ScopeColumn[];
  parent: Scope | null;
  frame: Frame;
  aggregation: Aggregation | null;
}

export type SortKey = { expr: Compiled; descending: boolean };

export function emptyScope(frame: Frame): Scope {
  return { columns: [], parent: null, frame, aggregation: null };
}

/** Binds a column name: 207 when no such column, 209 when two tables have it, 4104 when its table is unknown. */
export function resolveColumn(parts: readonly string[], scope: Scope): Compiled {
  const name = parts.at(-1) ?? "";
  const qualifier = parts.at(-2) ?? null;
  let knownTable = false;
  let depth = 0;
  for (let at: Scope | null = scope; at !== null; at = at.parent, depth++) {
    const matches: number[] = [];
    at.columns.forEach((column, index) => {
      const tableFits = qualifier === null || same(column.table, qualifier);
      if (tableFits && qualifier !== null) knownTable = true;
      if (tableFits && same(column.name, name)) matches.push(index);
    });
    const [index] = matches;
    if (index === undefined) {
      if (knownTable) break;
      continue;
    }
    if (matches.length > 1) {
      throw new SqlError(209, 16, `Ambiguous column name '${name}'.`, { abortsBatch: true });
    }
    return columnAt(at, index, depth);
  }
  if (qualifier !== null && !knownTable) throw unboundIdentifier(parts.join("."));
  throw invalidColumn(name);
}

function columnAt(scope: Scope, index: number, depth: number): Compiled {
  const column = scope.columns[index];
  if (column === undefined) throw new Error("A resolved column exists.");
  if (depth === 0 && scope.aggregation !== null && !scope.aggregation.groupColumns.has(index)) {
    const shown = column.table === null ? column.name : `${column.table}.${column.name}`;
    throw new SqlError(
      8120,
      16,
      `Column '${shown}' is invalid in the select list because it is not contained in either an aggregate function or the GROUP BY clause.`,
      { abortsBatch: true },
    );
  }
  if (depth === 0) return { type: column.type, eval: (env) => env.row[index] ?? null };
  return {
    type: column.type,
    eval: (env) => {
      let at: Env | null = env;
      for (let i = 0; i < depth && at !== null; i++) at = at.parent;
      return at?.row[index] ?? null;
    },
  };
}

function same(a: string | null, b: string): boolean {
  return a !== null && a.toLowerCase() === b.toLowerCase();
}

/** The key under which a GROUP BY expression is found again in the select list. */
export function expressionKey(expr: Expr): string {
  return JSON.stringify(expr, (_key, value: unknown) =>
    typeof value === "bigint" ? `${value}n` : typeof value === "string" ? value.toLowerCase() : value,
  );
}

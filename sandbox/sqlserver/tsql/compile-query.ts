import type { Query } from "./ast";
import { compileSelect } from "./compile-select";
import type { Compiled, Env, Scope } from "./scope";
import { SqlError } from "./sql-error";
import type { ColumnDef, SqlValue } from "./sql-type";

/** A bound query; `run` takes the row of the query around it. */
export interface CompiledQuery {
  columns: readonly ColumnDef[];
  run(outer: Env | null): SqlValue[][];
  /** `SELECT @v = …`: the variables, in the order of the columns. */
  assigns: readonly string[] | null;
}

export function compileQuery(query: Query, scope: Scope): CompiledQuery {
  return compileSelect(query.body, query.orderBy, scope);
}

export function envOf(row: readonly SqlValue[], parent: Env | null): Env {
  return { row, parent, aggregates: [] };
}

/** A subquery used as a value: one column, at most one row (512). */
export function compileSubquery(query: Query, scope: Scope): Compiled {
  const compiled = compileQuery(query, scope);
  const [column, ...more] = compiled.columns;
  if (column === undefined || more.length > 0) {
    throw new SqlError(
      116,
      16,
      "Only one expression can be specified in the select list when the subquery is not introduced with EXISTS.",
      { abortsBatch: true },
    );
  }
  return {
    type: column.type,
    eval: (env) => {
      const rows = compiled.run(env);
      if (rows.length > 1) {
        throw new SqlError(
          512,
          16,
          "Subquery returned more than 1 value. This is not permitted when the subquery follows =, !=, <, <= , >, >= or when the subquery is used as an expression.",
        );
      }
      return rows[0]?.[0] ?? null;
    },
  };
}

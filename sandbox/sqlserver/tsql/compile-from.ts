import type { Expr, JoinType, TableRef } from "./ast";
import { valueKey } from "./compare-values";
import { type Condition, compileCondition } from "./compile-condition";
import { coerce, compileExpression } from "./compile-expression";
import { compileQuery } from "./compile-query";
import { convertValue } from "./convert-value";
import type { TableSource } from "./engine-host";
import type { Compiled, Env, Scope, ScopeColumn } from "./scope";
import { invalidObject, SqlError } from "./sql-error";
import { type ColumnDef, type SqlValue, unifyTypes } from "./sql-type";

/** A bound FROM: its columns and, for a row of the outer query, its rows. */
export interface CompiledFrom {
  columns: readonly ScopeColumn[];
  /** With a limit, at least that many rows when there are so many. */
  rows(outer: Env | null, limit?: number): SqlValue[][];
  rowCount: (() => number) | null;
}

/** Binds tables, functions, derived tables and joins. `scope` is what the FROM may see: outer queries. */
export function compileFrom(from: TableRef, scope: Scope): CompiledFrom {
  switch (from.kind) {
    case "table":
      return compileTable(from.parts, from.alias, scope);
    case "function":
      return compileTableFunction(from, scope);
    case "derived": {
      const query = compileQuery(from.query, scope);
      const columns = query.columns.map((column, i) => {
        const name = from.columns[i] ?? column.name;
        if (name === "") {
          throw new SqlError(
            8155,
            16,
            `No column name was specified for column ${i + 1} of '${from.alias}'.`,
            {
              state: 2,
              abortsBatch: true,
            },
          );
        }
        return { table: from.alias, name, type: column.type };
      });
      return { columns, rows: (outer) => query.run(outer), rowCount: null };
    }
    case "join":
      return compileJoin(from, scope);
  }
}

function named(table: TableSource, alias: string): CompiledFrom {
  return {
    columns: table.columns.map((column: ColumnDef) => ({
      table: alias,
      name: column.name,
      type: column.type,
    })),
    rows: (_outer, limit) => table.rows(limit),
    rowCount: table.rowCount === undefined ? null : () => table.rowCount?.() ?? 0,
  };
}

function compileTable(parts: readonly string[], alias: string | null, scope: Scope): CompiledFrom {
  const last = parts.at(-1) ?? "";
  if (last.startsWith("#")) {
    for (const temporary of scope.frame.temporary) {
      const table = temporary.get(last.toLowerCase());
      if (table !== undefined) return named(table, alias ?? last);
    }
    throw invalidObject(last);
  }
  const table = scope.frame.host.findTable(parts, scope.frame);
  if (table === null) throw invalidObject(parts.join("."));
  return named(table, alias ?? last);
}

function compileTableFunction(from: TableRef & { kind: "function" }, scope: Scope): CompiledFrom {
  const found = scope.frame.host.findTableFunction(from.parts, scope.frame);
  if (found === null) throw invalidObject(from.parts.join("."));
  const args = from.args.map((arg, i) => {
    const compiled = compileExpression(arg, scope);
    const type = found.parameters[i];
    return type === undefined ? compiled : coerce(compiled, type);
  });
  const alias = from.alias ?? from.parts.at(-1) ?? "";
  return {
    columns: found.columns.map((c, i) => ({ table: alias, name: from.columns[i] ?? c.name, type: c.type })),
    rows: (outer) => {
      const env: Env = outer ?? { row: [], parent: null, aggregates: [] };
      return found.rows(args.map((arg) => arg.eval(env)));
    },
    rowCount: null,
  };
}

function compileJoin(from: TableRef & { kind: "join" }, scope: Scope): CompiledFrom {
  const left = compileFrom(from.left, scope);
  const applied = from.type === "cross-apply" || from.type === "outer-apply";
  const leftScope: Scope = {
    ...scope,
    columns: left.columns,
    parent: scope,
    aggregation: null,
  };
  const right = compileFrom(from.right, applied ? leftScope : scope);
  const columns = [...left.columns, ...right.columns];
  if (applied) return { columns, rows: (outer) => applyRows(from.type, left, right, outer), rowCount: null };
  const joined: Scope = { ...scope, columns, parent: scope, aggregation: null };
  const on = from.on === null ? null : compileCondition(from.on, joined);
  const key =
    from.on === null ? null : equalityKey(from.on, leftScope, { ...leftScope, columns: right.columns });
  return { columns, rows: (outer) => joinRows(from.type, left, right, on, key, outer), rowCount: null };
}

function applyRows(type: JoinType, left: CompiledFrom, right: CompiledFrom, outer: Env | null): SqlValue[][] {
  const empty: SqlValue[] = right.columns.map(() => null);
  return left.rows(outer).flatMap((row) => {
    const found = right.rows({ row, parent: outer, aggregates: [] });
    if (found.length === 0) return type === "outer-apply" ? [[...row, ...empty]] : [];
    return found.map((other) => [...row, ...other]);
  });
}

interface EqualityKey {
  left: Compiled;
  right: Compiled;
}

/** An `a.x = b.y` among the AND-ed conditions lets the join look rows up instead of trying every pair. */
function equalityKey(on: Expr, left: Scope, right: Scope): EqualityKey | null {
  if (on.kind === "logical" && on.op === "and") {
    return equalityKey(on.left, left, right) ?? equalityKey(on.right, left, right);
  }
  if (on.kind !== "compare" || on.op !== "=" || on.left.kind !== "column" || on.right.kind !== "column")
    return null;
  if (on.left.parts.length < 2 || on.right.parts.length < 2) return null;
  for (const [a, b] of [
    [on.left, on.right],
    [on.right, on.left],
  ] as const) {
    const l = bindAlone(a, left);
    const r = bindAlone(b, right);
    if (l === null || r === null) continue;
    const type = unifyTypes(l.type, r.type);
    const as = (side: Compiled): Compiled => ({
      type,
      eval: (env) => convertValue(side.eval(env), side.type, type),
    });
    return { left: as(l), right: as(r) };
  }
  return null;
}

function bindAlone(expr: Expr, scope: Scope): Compiled | null {
  try {
    return compileExpression(expr, { ...scope, parent: null });
  } catch {
    return null;
  }
}

function joinRows(
  type: JoinType,
  left: CompiledFrom,
  right: CompiledFrom,
  on: Condition | null,
  key: EqualityKey | null,
  outer: Env | null,
): SqlValue[][] {
  const rightRows = right.rows(outer);
  const envOf = (row: readonly SqlValue[]): Env => ({ row, parent: outer, aggregates: [] });
  const index = key === null ? null : buildIndex(rightRows, key.right, envOf);
  const every = rightRows.map((_row, i) => i);
  const emptyRight: SqlValue[] = right.columns.map(() => null);
  const result: SqlValue[][] = [];
  for (const row of left.rows(outer)) {
    let matched = false;
    const candidates =
      index === null || key === null
        ? every
        : (index.get(valueKey(key.left.eval(envOf(row)), key.left.type)) ?? []);
    for (const i of candidates) {
      const combined = [...row, ...(rightRows[i] ?? [])];
      if (on !== null && on(envOf(combined)) !== true) continue;
      matched = true;
      result.push(combined);
    }
    if (!matched && type === "left") result.push([...row, ...emptyRight]);
  }
  return result;
}

function buildIndex(
  rows: SqlValue[][],
  key: Compiled,
  envOf: (row: readonly SqlValue[]) => Env,
): Map<string, number[]> {
  const index = new Map<string, number[]>();
  rows.forEach((row, i) => {
    const k = valueKey(key.eval(envOf(row)), key.type);
    const list = index.get(k);
    if (list === undefined) index.set(k, [i]);
    else list.push(i);
  });
  return index;
}

import type { Query, QueryBody } from "./ast";
import { orderValues, valueKey } from "./compare-values";
import { coerce, compileAs, compileExpression } from "./compile-expression";
import { compileSelect } from "./compile-select";
import { convertValue } from "./convert-value";
import type { Compiled, Env, Scope } from "./scope";
import { SqlError } from "./sql-error";
import { bigint, type ColumnDef, nvarcharMax, type SqlType, type SqlValue, unifyTypes } from "./sql-type";

/** A bound query; `run` takes the row of the query around it. */
export interface CompiledQuery {
  columns: readonly ColumnDef[];
  run(outer: Env | null): SqlValue[][];
  /** `SELECT @v = …`: the variables, in the order of the columns. */
  assigns: readonly string[] | null;
  into: string[] | null;
}

export function compileQuery(query: Query, scope: Scope): CompiledQuery {
  const inner = query.with.length === 0 ? scope : bindCommonTables(query, scope);
  const compiled = compileBody(query.body, query, inner);
  return query.xmlPath === null ? compiled : asXml(compiled, query.xmlPath);
}

function bindCommonTables(query: Query, scope: Scope): Scope {
  let inner: Scope = { ...scope, columns: [], parent: scope, commonTables: [] };
  for (const table of query.with) {
    const compiled = compileQuery(table.query, inner);
    const columns = compiled.columns.map((c, i) => ({
      table: table.name,
      name: table.columns[i] ?? c.name,
      type: c.type,
    }));
    const entry = { name: table.name, columns, rows: () => compiled.run(null) };
    inner = { ...inner, commonTables: [...inner.commonTables, entry] };
  }
  return inner;
}

function compileBody(body: QueryBody, query: Query, scope: Scope): CompiledQuery {
  if (body.kind === "select") return compileSelect(body, query, scope);
  const plain = body.kind === "values" ? compileValues(body.rows, scope) : compileSet(body, query, scope);
  return withOrder(plain, query, scope);
}

function compileValues(rows: Extract<QueryBody, { kind: "values" }>["rows"], scope: Scope): CompiledQuery {
  const compiled = rows.map((row) => row.map((expr) => compileExpression(expr, scope)));
  const width = compiled[0]?.length ?? 0;
  if (compiled.some((row) => row.length !== width)) {
    throw new SqlError(
      10709,
      16,
      "The number of columns for each row in a table value constructor must be the same.",
      {
        abortsBatch: true,
      },
    );
  }
  const types = Array.from({ length: width }, (_unused, i) =>
    compiled
      .map((row) => row[i]?.type)
      .reduce<SqlType>((a, b) => (b === undefined ? a : unifyTypes(a, b)), {
        name: "null",
        length: 0,
        precision: 0,
        scale: 0,
      }),
  );
  const cells = compiled.map((row) => row.map((cell, i) => coerce(cell, types[i] ?? cell.type)));
  return {
    columns: types.map((type) => ({ name: "", type })),
    run: (outer) => cells.map((row) => row.map((cell) => cell.eval(envOf([], outer)))),
    assigns: null,
    into: null,
  };
}

function compileSet(body: Extract<QueryBody, { kind: "set" }>, query: Query, scope: Scope): CompiledQuery {
  const bare: Query = { ...query, with: [], orderBy: [], offset: null, fetch: null, xmlPath: null };
  const left = compileBody(body.left, bare, scope);
  const right = compileBody(body.right, bare, scope);
  if (left.columns.length !== right.columns.length) {
    throw new SqlError(
      205,
      16,
      "All queries combined using a UNION, INTERSECT or EXCEPT operator must have an equal number of expressions in their target lists.",
      { abortsBatch: true },
    );
  }
  const columns = left.columns.map((column, i) => ({
    name: column.name,
    type: unifyTypes(column.type, right.columns[i]?.type ?? column.type),
  }));
  const convert = (side: CompiledQuery, outer: Env | null) =>
    side
      .run(outer)
      .map((row) =>
        columns.map((c, i) => convertValue(row[i] ?? null, side.columns[i]?.type ?? c.type, c.type)),
      );
  const keyOf = (row: readonly SqlValue[]) =>
    row.map((v, i) => valueKey(v, columns[i]?.type ?? bigint)).join("\u0001");
  return {
    columns,
    into: left.into,
    assigns: null,
    run: (outer) => {
      const a = convert(left, outer);
      const b = convert(right, outer);
      if (body.op === "union-all") return [...a, ...b];
      const inB = new Set(b.map(keyOf));
      const chosen =
        body.op === "union"
          ? [...a, ...b]
          : a.filter((row) => inB.has(keyOf(row)) === (body.op === "intersect"));
      return uniqueRows(chosen, keyOf);
    },
  };
}

export function uniqueRows(rows: SqlValue[][], keyOf: (row: readonly SqlValue[]) => string): SqlValue[][] {
  const unique = new Map<string, SqlValue[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (!unique.has(key)) unique.set(key, row);
  }
  return [...unique.values()];
}

/** ORDER BY of a UNION or VALUES: by its output columns, by name or number. */
function withOrder(plain: CompiledQuery, query: Query, scope: Scope): CompiledQuery {
  if (query.orderBy.length === 0) return plain;
  const output: Scope = {
    ...scope,
    columns: plain.columns.map((c) => ({ table: null, name: c.name, type: c.type })),
    parent: null,
    aggregation: null,
    windows: null,
  };
  const keys = query.orderBy.map((item) => {
    const position =
      item.expr.kind === "literal" && typeof item.expr.value === "number" ? item.expr.value : null;
    const column = position === null ? undefined : plain.columns[position - 1];
    const expr: Compiled =
      column !== undefined && position !== null
        ? { type: column.type, eval: (env) => env.row[position - 1] ?? null }
        : compileExpression(item.expr, output);
    return { expr, descending: item.descending };
  });
  const page = compilePage(query, scope);
  return {
    ...plain,
    run: (outer) => {
      const rows = plain.run(outer).map((row) => envOf(row, outer));
      rows.sort((a, b) => {
        for (const { expr, descending } of keys) {
          const order = orderValues(expr.eval(a), expr.eval(b), expr.type);
          if (order !== 0) return descending ? -order : order;
        }
        return 0;
      });
      return page(
        rows.map((env) => [...env.row]),
        outer,
      );
    },
  };
}

/** OFFSET … FETCH. */
export function compilePage(query: Query, scope: Scope): <T>(rows: T[], outer: Env | null) => T[] {
  const numberOf = (compiled: Compiled | null, outer: Env | null): number | null => {
    const value = compiled?.eval(envOf([], outer));
    return typeof value === "bigint" ? Number(value) : null;
  };
  const offset = query.offset === null ? null : compileAs(query.offset, scope, bigint);
  const fetch = query.fetch === null ? null : compileAs(query.fetch, scope, bigint);
  return (rows, outer) => {
    const from = numberOf(offset, outer) ?? 0;
    const count = numberOf(fetch, outer);
    return rows.slice(from, count === null ? undefined : from + count);
  };
}

export function envOf(row: readonly SqlValue[], parent: Env | null): Env {
  return { row, parent, aggregates: [], windows: [] };
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

/** FOR XML PATH: all rows in one string, each value in an element unless its column has no name. */
function asXml(compiled: CompiledQuery, element: string): CompiledQuery {
  const escaped = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  return {
    columns: [{ name: "XML_F52E2B61-18A1-11d1-B105-00805F49916B", type: nvarcharMax }],
    assigns: null,
    into: null,
    run: (outer) => {
      const text = compiled.run(outer).map((row) => {
        const cells = row.map((value, i) => {
          const column = compiled.columns[i];
          if (value === null || column === undefined) return "";
          const shown = escaped(String(convertValue(value, column.type, nvarcharMax)));
          return column.name === "" ? shown : `<${column.name}>${shown}</${column.name}>`;
        });
        return element === "" ? cells.join("") : `<${element}>${cells.join("")}</${element}>`;
      });
      return text.length === 0 ? [] : [[text.join("")]];
    },
  };
}

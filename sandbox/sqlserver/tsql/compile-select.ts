import type { Expr, OrderItem, SelectCore } from "./ast";
import { valueKey } from "./compare-values";
import { bySortKeys, containsAggregate, runAggregate } from "./compile-aggregate";
import { compileCondition } from "./compile-condition";
import { compileAs, compileExpression } from "./compile-expression";
import { type CompiledFrom, compileFrom } from "./compile-from";
import { type CompiledQuery, envOf } from "./compile-query";
import { type Compiled, type Env, expressionKey, type Scope, type SortKey } from "./scope";
import { SqlError } from "./sql-error";
import { bigint, type ColumnDef, type SqlValue } from "./sql-type";

interface Output extends Compiled {
  name: string;
}

/** Binds one SELECT with the ORDER BY of its query. */
export function compileSelect(
  select: SelectCore,
  orderBy: readonly OrderItem[],
  outerScope: Scope,
): CompiledQuery {
  const from = select.from === null ? null : compileFrom(select.from, outerScope);
  const scope: Scope = {
    columns: from?.columns ?? [],
    parent: outerScope,
    frame: outerScope.frame,
    aggregation: null,
  };
  const where = select.where === null ? null : compileCondition(select.where, scope);
  const grouped = isGrouped(select, orderBy);
  const groupBy = select.groupBy.map((expr) => compileExpression(expr, scope));
  const rowScope: Scope = { ...scope, aggregation: grouped ? aggregationOf(select, scope) : null };
  const outputs = compileItems(select, rowScope);
  const order = orderBy.map((item) => compileOrder(item, outputs, rowScope));
  const top = compileTop(select, outerScope);
  // Nothing between the rows and TOP: only as many need to be read.
  const isPlain = where === null && !grouped && order.length === 0;
  const columns: ColumnDef[] = outputs.map(({ name, type }) => ({ name, type }));
  const specs = rowScope.aggregation?.specs ?? [];
  const countsOnly = from?.rowCount != null && where === null && groupBy.length === 0 && onlyCounts(specs);

  const groupRows = (rows: Env[], outer: Env | null): Env[] => {
    const groups = new Map<string, Env[]>();
    if (select.groupBy.length === 0) groups.set("", rows);
    for (const env of select.groupBy.length === 0 ? [] : rows) {
      const key = groupBy.map((g) => valueKey(g.eval(env), g.type)).join("\u0001");
      const list = groups.get(key);
      if (list === undefined) groups.set(key, [env]);
      else list.push(env);
    }
    return [...groups.values()].map((list) => ({
      row: list[0]?.row ?? scope.columns.map(() => null),
      parent: outer,
      aggregates: specs.map((spec) => runAggregate(spec, list)),
    }));
  };

  const run = (outer: Env | null): SqlValue[][] => {
    let envs: Env[];
    if (countsOnly && grouped) {
      const count = from?.rowCount?.() ?? 0;
      const aggregates = specs.map(() => count);
      envs = [{ row: scope.columns.map(() => null), parent: outer, aggregates }];
    } else {
      envs = sourceRows(from, outer, isPlain ? top.count(outer) : null);
      if (where !== null) envs = envs.filter((env) => where(env) === true);
      if (grouped) envs = groupRows(envs, outer);
    }
    if (order.length > 0) envs.sort(bySortKeys(order));
    return top.apply(envs, outer).map((env) => outputs.map((output) => output.eval(env)));
  };
  const assigned = select.items.filter((item) => item.kind === "assign");
  return {
    columns,
    run,
    assigns: assigned.length === 0 ? null : assigned.map((item) => item.variable),
  };
}

function sourceRows(from: CompiledFrom | null, outer: Env | null, limit: number | null): Env[] {
  if (from === null) return [envOf([], outer)];
  return from.rows(outer, limit ?? undefined).map((row) => envOf(row, outer));
}

function isGrouped(select: SelectCore, orderBy: readonly OrderItem[]): boolean {
  if (select.groupBy.length > 0) return true;
  return (
    select.items.some((item) => item.kind !== "star" && containsAggregate(item.expr)) ||
    orderBy.some((item) => containsAggregate(item.expr))
  );
}

function onlyCounts(specs: readonly { argument: Compiled | null; name: string }[]): boolean {
  return specs.length > 0 && specs.every((s) => s.argument === null && s.name === "COUNT");
}

function aggregationOf(select: SelectCore, scope: Scope): NonNullable<Scope["aggregation"]> {
  const groupColumns = new Set<number>();
  for (const expr of select.groupBy) {
    if (expr.kind !== "column") continue;
    const name = (expr.parts.at(-1) ?? "").toLowerCase();
    const table = expr.parts.at(-2)?.toLowerCase();
    scope.columns.forEach((column, i) => {
      if (column.name.toLowerCase() !== name) return;
      if (table === undefined || column.table?.toLowerCase() === table) groupColumns.add(i);
    });
  }
  return {
    specs: [],
    groupBy: select.groupBy,
    groupKeys: new Set(select.groupBy.map(expressionKey)),
    groupColumns,
  };
}

function compileItems(select: SelectCore, scope: Scope): Output[] {
  return select.items.flatMap((item): Output[] => {
    if (item.kind === "star") return expandStar(item.qualifier, scope);
    const compiled = compileExpression(item.expr, scope);
    const name = item.kind === "expr" ? (item.alias ?? impliedName(item.expr)) : "";
    return [{ ...compiled, name }];
  });
}

function impliedName(expr: Expr): string {
  if (expr.kind === "column") return expr.parts.at(-1) ?? "";
  return expr.kind === "collate" ? impliedName(expr.operand) : "";
}

function expandStar(qualifier: string[] | null, scope: Scope): Output[] {
  const table = qualifier?.at(-1)?.toLowerCase();
  const outputs = scope.columns.flatMap((column, index): Output[] => {
    if (table !== undefined && column.table?.toLowerCase() !== table) return [];
    return [{ name: column.name, type: column.type, eval: (env) => env.row[index] ?? null }];
  });
  if (outputs.length === 0) {
    if (qualifier === null) {
      throw new SqlError(263, 16, "Must specify table to select from.", { abortsBatch: true });
    }
    throw new SqlError(
      107,
      15,
      `The column prefix '${qualifier.join(".")}' does not match with a table name or alias name used in the query.`,
      {
        abortsBatch: true,
      },
    );
  }
  return outputs;
}

/** ORDER BY takes an output's number, its alias, or any expression over the rows. */
function compileOrder(item: OrderItem, outputs: readonly Output[], scope: Scope): SortKey {
  const { expr, descending } = item;
  if (expr.kind === "literal" && typeof expr.value === "number" && expr.type.name === "int") {
    const output = outputs[expr.value - 1];
    if (output === undefined) {
      throw new SqlError(
        108,
        16,
        `The ORDER BY position number ${expr.value} is out of range of the number of items in the select list.`,
        { abortsBatch: true },
      );
    }
    return { expr: output, descending };
  }
  if (expr.kind === "column" && expr.parts.length === 1) {
    const name = (expr.parts[0] ?? "").toLowerCase();
    const output = outputs.find((o) => o.name.toLowerCase() === name);
    if (output !== undefined) return { expr: output, descending };
  }
  return { expr: compileExpression(expr, scope), descending };
}

interface Top {
  /** How many rows a plain TOP (n) takes; null without one. */
  count(outer: Env | null): number | null;
  apply(rows: Env[], outer: Env | null): Env[];
}

function compileTop(select: SelectCore, scope: Scope): Top {
  if (select.top === null) return { count: () => null, apply: (rows) => rows };
  const compiled = compileAs(select.top, scope, bigint);
  const count = (outer: Env | null): number => {
    const value = Number(compiled.eval(envOf([], outer)) ?? 0);
    if (value >= 0) return value;
    throw new SqlError(
      1060,
      15,
      "The number of rows provided for a TOP or FETCH clauses row count parameter must be an integer.",
    );
  };
  return { count, apply: (rows, outer) => rows.slice(0, count(outer)) };
}

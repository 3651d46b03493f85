import type { CallExpr, Expr, Window } from "./ast";
import { compareValues, orderValues, valueKey } from "./compare-values";
import { coerce, compileExpression } from "./compile-expression";
import { convertValue } from "./convert-value";
import type { AggregateSpec, Compiled, Env, Scope, SortKey, WindowSpec } from "./scope";
import { SqlError } from "./sql-error";
import {
  bigint,
  decimalShape,
  float,
  int,
  isInteger,
  isString,
  numeric,
  nvarcharMax,
  type SqlType,
  type SqlValue,
  typeName,
} from "./sql-type";

const AGGREGATES = new Set([
  "COUNT",
  "COUNT_BIG",
  "SUM",
  "AVG",
  "MIN",
  "MAX",
  "STRING_AGG",
  "STDEV",
  "CHECKSUM_AGG",
]);
const RANKINGS = new Set(["ROW_NUMBER", "RANK", "DENSE_RANK"]);

export function isAggregate(name: string): boolean {
  return AGGREGATES.has(name.toUpperCase());
}

/** Whether an expression holds an aggregate of its own query (not one inside a subquery or a window). */
export function containsAggregate(expr: Expr): boolean {
  switch (expr.kind) {
    case "call":
      if (expr.over === null && expr.name.length === 1 && isAggregate(expr.name[0] ?? "")) return true;
      return expr.args.some(containsAggregate);
    case "unary":
    case "not":
    case "is-null":
    case "cast":
    case "collate":
    case "in-query":
      return containsAggregate(expr.operand);
    case "binary":
    case "compare":
    case "logical":
      return containsAggregate(expr.left) || containsAggregate(expr.right);
    case "in-list":
      return containsAggregate(expr.operand) || expr.list.some(containsAggregate);
    case "like":
      return containsAggregate(expr.operand) || containsAggregate(expr.pattern);
    case "between":
      return [expr.operand, expr.low, expr.high].some(containsAggregate);
    case "case":
      return (
        (expr.subject !== null && containsAggregate(expr.subject)) ||
        expr.whens.some((w) => containsAggregate(w.when) || containsAggregate(w.result)) ||
        (expr.otherwise !== null && containsAggregate(expr.otherwise))
      );
    case "literal":
    case "variable":
    case "column":
    case "exists":
    case "subquery":
      return false;
  }
}

function resultType(name: string, argument: SqlType | null): SqlType {
  if (name === "COUNT" || name === "CHECKSUM_AGG") return int;
  if (name === "COUNT_BIG") return bigint;
  if (name === "STDEV") return float;
  if (name === "STRING_AGG") return nvarcharMax;
  if (argument === null) return int;
  if (name === "MIN" || name === "MAX") return argument;
  if (isString(argument) || argument.name === "uniqueidentifier" || argument.name === "bit") {
    throw new SqlError(
      8117,
      16,
      `Operand data type ${typeName(argument)} is invalid for ${name.toLowerCase()} operator.`,
      { abortsBatch: true },
    );
  }
  if (argument.name === "bigint") return bigint;
  if (isInteger(argument)) return int;
  if (argument.name === "numeric" || argument.name === "money") {
    const { scale } = decimalShape(argument);
    return numeric(38, name === "AVG" ? Math.max(6, scale) : scale);
  }
  return argument.name === "null" ? int : float;
}

export function compileAggregate(call: CallExpr, scope: Scope): Compiled {
  const name = (call.name[0] ?? "").toUpperCase();
  if (scope.aggregation === null) {
    throw new SqlError(
      147,
      15,
      "An aggregate may not appear in the WHERE clause unless it is in a subquery contained in a HAVING clause or a select list, and the column being aggregated is an outer reference.",
      { abortsBatch: true },
    );
  }
  const rows: Scope = { ...scope, aggregation: null, windows: null };
  const [first, second] = call.args;
  const argument = call.star || first === undefined ? null : compileExpression(first, rows);
  const spec: AggregateSpec = {
    name,
    argument: name === "STRING_AGG" && argument !== null ? coerce(argument, nvarcharMax) : argument,
    separator: second === undefined ? null : coerce(compileExpression(second, rows), nvarcharMax),
    distinct: call.distinct,
    order: call.withinGroup.map((o) => ({ expr: compileExpression(o.expr, rows), descending: o.descending })),
    type: resultType(name, argument?.type ?? null),
  };
  const index = scope.aggregation.specs.push(spec) - 1;
  return { type: spec.type, eval: (env) => env.aggregates[index] ?? null };
}

/** The value of an aggregate over the rows of a group. NULLs are left out, as everywhere but in COUNT(*). */
export function runAggregate(spec: AggregateSpec, rows: readonly Env[]): SqlValue {
  const { argument, type } = spec;
  if (argument === null) return type.name === "bigint" ? BigInt(rows.length) : rows.length;
  const sorted = spec.order.length > 0 ? [...rows].sort(bySortKeys(spec.order)) : rows;
  let values: SqlValue[] = sorted.map((env) => argument.eval(env)).filter((value) => value !== null);
  if (spec.distinct) {
    const unique = new Map<string, SqlValue>();
    for (const value of values) unique.set(valueKey(value, argument.type), value);
    values = [...unique.values()];
  }
  if (spec.name === "COUNT") return values.length;
  if (spec.name === "COUNT_BIG") return BigInt(values.length);
  if (values.length === 0) return null;
  switch (spec.name) {
    case "MIN":
      return values.reduce((a, b) => (compareValues(b, a, type) < 0 ? b : a));
    case "MAX":
      return values.reduce((a, b) => (compareValues(b, a, type) > 0 ? b : a));
    case "STRING_AGG": {
      const separator = rows[0] === undefined ? "" : spec.separator?.eval(rows[0]);
      return values.join(typeof separator === "string" ? separator : "");
    }
    case "CHECKSUM_AGG":
      return values.reduce<number>((sum, value) => sum ^ (typeof value === "number" ? value : 0), 0);
    case "STDEV":
      return standardDeviation(values.map((value) => Number(value)));
    default:
      return sumOrAverage(spec, values, argument.type);
  }
}

function sumOrAverage(spec: AggregateSpec, values: SqlValue[], from: SqlType): SqlValue {
  const { type } = spec;
  const count = values.length;
  if (type.name === "float") {
    const sum = values.reduce<number>((total, value) => total + (typeof value === "number" ? value : 0), 0);
    return spec.name === "AVG" ? sum / count : sum;
  }
  const exact = numeric(38, type.scale);
  let sum = 0n;
  for (const value of values) {
    const part = convertValue(value, from, exact);
    if (typeof part === "bigint") sum += part;
  }
  return convertValue(spec.name === "AVG" ? sum / BigInt(count) : sum, exact, type);
}

function standardDeviation(values: number[]): SqlValue {
  if (values.length < 2) return null;
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1));
}

export function compileWindow(call: CallExpr, over: Window, scope: Scope): Compiled {
  const name = (call.name.at(-1) ?? "").toUpperCase();
  if (scope.windows === null) {
    throw new SqlError(4108, 15, "Windowed functions can only appear in the SELECT or ORDER BY clauses.", {
      abortsBatch: true,
    });
  }
  if (!RANKINGS.has(name) && !isAggregate(name)) {
    throw new SqlError(195, 15, `'${name.toLowerCase()}' is not a recognized built-in function name.`, {
      abortsBatch: true,
    });
  }
  const inner: Scope = { ...scope, windows: null };
  const args = call.star ? [] : call.args.map((arg) => compileExpression(arg, inner));
  const spec: WindowSpec = {
    name,
    args,
    partitionBy: over.partitionBy.map((expr) => compileExpression(expr, inner)),
    orderBy: over.orderBy.map((o) => ({ expr: compileExpression(o.expr, inner), descending: o.descending })),
    type: RANKINGS.has(name) ? bigint : resultType(name, args[0]?.type ?? null),
  };
  const index = scope.windows.push(spec) - 1;
  return { type: spec.type, eval: (env) => env.windows[index] ?? null };
}

/** One value per row. With ORDER BY an aggregate runs up to the current row and its peers. */
export function runWindow(spec: WindowSpec, rows: readonly Env[]): SqlValue[] {
  const partitions = new Map<string, { env: Env; index: number }[]>();
  rows.forEach((env, index) => {
    const key = spec.partitionBy.map((p) => valueKey(p.eval(env), p.type)).join("\u0001");
    const list = partitions.get(key);
    if (list === undefined) partitions.set(key, [{ env, index }]);
    else list.push({ env, index });
  });
  const values: SqlValue[] = new Array<SqlValue>(rows.length).fill(null);
  const order = bySortKeys(spec.orderBy);
  for (const list of partitions.values()) {
    const sorted = [...list].sort((a, b) => order(a.env, b.env));
    let rank = 0;
    let dense = 0;
    sorted.forEach((entry, at) => {
      const before = sorted[at - 1];
      const peer = before !== undefined && order(before.env, entry.env) === 0;
      if (!peer) {
        rank = at + 1;
        dense++;
      }
      if (spec.name === "ROW_NUMBER") values[entry.index] = BigInt(at + 1);
      else if (spec.name === "RANK") values[entry.index] = BigInt(rank);
      else if (spec.name === "DENSE_RANK") values[entry.index] = BigInt(dense);
      else {
        const seen =
          spec.orderBy.length === 0 ? sorted : sorted.filter((other) => order(other.env, entry.env) <= 0);
        const aggregate: AggregateSpec = {
          name: spec.name,
          argument: spec.args[0] ?? null,
          separator: null,
          distinct: false,
          order: [],
          type: spec.type,
        };
        values[entry.index] = runAggregate(
          aggregate,
          seen.map((s) => s.env),
        );
      }
    });
  }
  return values;
}

export function bySortKeys(keys: readonly SortKey[]): (a: Env, b: Env) => number {
  return (a, b) => {
    for (const { expr, descending } of keys) {
      const order = orderValues(expr.eval(a), expr.eval(b), expr.type);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  };
}

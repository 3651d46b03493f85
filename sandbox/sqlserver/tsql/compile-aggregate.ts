import type { CallExpr, Expr } from "./ast";
import { compareValues, orderValues } from "./compare-values";
import { compileExpression } from "./compile-expression";
import { convertValue } from "./convert-value";
import type { AggregateSpec, Compiled, Env, Scope, SortKey } from "./scope";
import { SqlError } from "./sql-error";
import {
  bigint,
  decimalShape,
  float,
  int,
  isInteger,
  isString,
  numeric,
  type SqlType,
  type SqlValue,
  typeName,
} from "./sql-type";

/** The aggregates, by upper-case name. */
export const AGGREGATES: ReadonlySet<string> = new Set(["COUNT", "SUM", "MIN", "MAX"]);

export function isAggregate(name: string): boolean {
  return AGGREGATES.has(name.toUpperCase());
}

/** Whether an expression holds an aggregate of its own query (not one inside a subquery). */
export function containsAggregate(expr: Expr): boolean {
  switch (expr.kind) {
    case "call":
      if (expr.name.length === 1 && isAggregate(expr.name[0] ?? "")) return true;
      return expr.args.some(containsAggregate);
    case "unary":
    case "is-null":
    case "cast":
    case "collate":
      return containsAggregate(expr.operand);
    case "binary":
    case "compare":
    case "logical":
      return containsAggregate(expr.left) || containsAggregate(expr.right);
    case "in-list":
      return containsAggregate(expr.operand) || expr.list.some(containsAggregate);
    case "like":
      return containsAggregate(expr.operand) || containsAggregate(expr.pattern);
    case "case":
      return (
        (expr.subject !== null && containsAggregate(expr.subject)) ||
        expr.whens.some((w) => containsAggregate(w.when) || containsAggregate(w.result)) ||
        (expr.otherwise !== null && containsAggregate(expr.otherwise))
      );
    case "literal":
    case "variable":
    case "column":
    case "subquery":
      return false;
  }
}

function resultType(name: string, argument: SqlType | null): SqlType {
  if (name === "COUNT") return int;
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
    return numeric(38, scale);
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
  const rows: Scope = { ...scope, aggregation: null };
  const [first] = call.args;
  const argument = call.star || first === undefined ? null : compileExpression(first, rows);
  const spec: AggregateSpec = {
    name,
    argument,
    type: resultType(name, argument?.type ?? null),
  };
  const index = scope.aggregation.specs.push(spec) - 1;
  return { type: spec.type, eval: (env) => env.aggregates[index] ?? null };
}

/** The value of an aggregate over the rows of a group. NULLs are left out, as everywhere but in COUNT(*). */
export function runAggregate(spec: AggregateSpec, rows: readonly Env[]): SqlValue {
  const { argument, type } = spec;
  if (argument === null) return rows.length;
  const values: SqlValue[] = rows.map((env) => argument.eval(env)).filter((value) => value !== null);
  if (spec.name === "COUNT") return values.length;
  if (values.length === 0) return null;
  switch (spec.name) {
    case "MIN":
      return values.reduce((a, b) => (compareValues(b, a, type) < 0 ? b : a));
    case "MAX":
      return values.reduce((a, b) => (compareValues(b, a, type) > 0 ? b : a));
    default:
      return sumOf(spec, values, argument.type);
  }
}

function sumOf(spec: AggregateSpec, values: SqlValue[], from: SqlType): SqlValue {
  const { type } = spec;
  if (type.name === "float") {
    return values.reduce<number>((total, value) => total + (typeof value === "number" ? value : 0), 0);
  }
  const exact = numeric(38, type.scale);
  let sum = 0n;
  for (const value of values) {
    const part = convertValue(value, from, exact);
    if (typeof part === "bigint") sum += part;
  }
  return convertValue(sum, exact, type);
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

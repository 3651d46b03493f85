import type { CompareOp, Expr } from "./ast";
import { compareValues, matchesLike } from "./compare-values";
import { coerce, compileAs, compileExpression } from "./compile-expression";
import type { Compiled, Env, Scope } from "./scope";
import { SqlError } from "./sql-error";
import { isString, nvarcharMax, unifyTypes } from "./sql-type";

/** A condition's answer: true, false, or null for SQL's UNKNOWN. */
export type Condition = (env: Env) => boolean | null;

/** Binds a condition. Throws 4145 when the expression is a value. */
export function compileCondition(expr: Expr, scope: Scope): Condition {
  switch (expr.kind) {
    case "logical": {
      const left = compileCondition(expr.left, scope);
      const right = compileCondition(expr.right, scope);
      return expr.op === "and" ? both(left, right) : either(left, right);
    }
    case "compare":
      return compare(expr.op, compileExpression(expr.left, scope), compileExpression(expr.right, scope));
    case "is-null": {
      const operand = compileExpression(expr.operand, scope);
      return (env) => (operand.eval(env) === null) !== expr.negated;
    }
    case "in-list": {
      const operand = compileExpression(expr.operand, scope);
      const tests = expr.list.map((entry) => compare("=", operand, compileExpression(entry, scope)));
      return negate(tests.reduce(either), expr.negated);
    }
    case "like":
      return negate(like(expr, scope), expr.negated);
    default:
      throw new SqlError(
        4145,
        15,
        "An expression of non-boolean type specified in a context where a condition is expected, near ')'.",
        { abortsBatch: true },
      );
  }
}

function both(left: Condition, right: Condition): Condition {
  return (env) => {
    const a = left(env);
    if (a === false) return false;
    const b = right(env);
    if (b === false) return false;
    return a === null || b === null ? null : true;
  };
}

function either(left: Condition, right: Condition): Condition {
  return (env) => {
    const a = left(env);
    if (a === true) return true;
    const b = right(env);
    if (b === true) return true;
    return a === null || b === null ? null : false;
  };
}

function negate(condition: Condition, negated: boolean): Condition {
  if (!negated) return condition;
  return (env) => {
    const answer = condition(env);
    return answer === null ? null : !answer;
  };
}

/** Compares two compiled values after converting both to their common type. */
export function compare(op: CompareOp, left: Compiled, right: Compiled): Condition {
  const type = unifyTypes(left.type, right.type);
  const l = coerce(left, type);
  const r = coerce(right, type);
  return (env) => {
    const a = l.eval(env);
    if (a === null) return null;
    const b = r.eval(env);
    if (b === null) return null;
    const order = compareValues(a, b, type);
    switch (op) {
      case "=":
        return order === 0;
      case "<>":
        return order !== 0;
      case "<":
        return order < 0;
      case ">":
        return order > 0;
      case ">=":
        return order >= 0;
    }
  };
}

function like(expr: Expr & { kind: "like" }, scope: Scope): Condition {
  const operand = compileExpression(expr.operand, scope);
  const text = isString(operand.type) ? operand : coerce(operand, nvarcharMax);
  const pattern = compileAs(expr.pattern, scope, nvarcharMax);
  const escapeMark = expr.escape === null ? null : compileAs(expr.escape, scope, nvarcharMax);
  return (env) => {
    const value = text.eval(env);
    const wanted = pattern.eval(env);
    if (typeof value !== "string" || typeof wanted !== "string") return null;
    const mark = escapeMark?.eval(env);
    return matchesLike(value, wanted, typeof mark === "string" ? mark : null, operand.type);
  };
}

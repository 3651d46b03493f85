import { arithmetic } from "./arithmetic";
import type { CallExpr, Expr } from "./ast";
import { compileAggregate, isAggregate } from "./compile-aggregate";
import { compileCondition } from "./compile-condition";
import { compileSubquery } from "./compile-query";
import { convertValue } from "./convert-value";
import type { ScalarFunction } from "./engine-host";
import { type Compiled, expressionKey, resolveColumn, type Scope } from "./scope";
import { SqlError, syntaxError, undeclaredVariable } from "./sql-error";
import {
  collationOf,
  int,
  isString,
  nullType,
  nvarchar,
  type SqlType,
  typeName,
  unifyTypes,
} from "./sql-type";

/** Binds an expression to its scope: names are looked up and types found now, values later. Throws binding errors. */
export function compileExpression(expr: Expr, scope: Scope): Compiled {
  const { aggregation } = scope;
  if (aggregation !== null && expr.kind !== "literal" && aggregation.groupKeys.has(expressionKey(expr))) {
    return compileExpression(expr, { ...scope, aggregation: null });
  }
  switch (expr.kind) {
    case "literal":
      return { type: expr.type, eval: () => expr.value };
    case "variable":
      return compileVariable(expr.name, scope);
    case "column":
      return resolveColumn(expr.parts, scope);
    case "unary":
      return compileMinus(expr.operand, scope);
    case "binary":
      return arithmetic(expr.op, compileExpression(expr.left, scope), compileExpression(expr.right, scope));
    case "case":
      return compileCase(expr, scope);
    case "cast":
      return compileCast(expr, scope);
    case "subquery":
      return compileSubquery(expr.query, scope);
    case "collate": {
      const operand = compileExpression(expr.operand, scope);
      const { caseSensitive: _sensitive, turkish: _turkish, ...type } = operand.type;
      return { ...operand, type: { ...type, ...collationOf(expr.collation) } };
    }
    case "call":
      return compileCall(expr, scope);
    case "compare":
    case "logical":
    case "is-null":
    case "in-list":
    case "like":
      throw syntaxError(expr.kind === "compare" ? expr.op : expr.kind === "logical" ? expr.op : ")", 0);
  }
}

/** Compiles and converts to a type. */
export function compileAs(expr: Expr, scope: Scope, type: SqlType): Compiled {
  return coerce(compileExpression(expr, scope), type);
}

export function coerce(compiled: Compiled, type: SqlType): Compiled {
  const from = compiled.type;
  if (from.name === type.name && (isString(type) ? type.length < 0 || from.length <= type.length : true)) {
    if (from.scale === type.scale) return { type, eval: compiled.eval };
  }
  return { type, eval: (env) => convertValue(compiled.eval(env), from, type) };
}

function compileVariable(name: string, scope: Scope): Compiled {
  if (name.startsWith("@@")) {
    const found = scope.frame.host.globalVariable(name.toUpperCase(), scope.frame);
    if (found === null) throw undeclaredVariable(name);
    return {
      type: found.type,
      eval: () => scope.frame.host.globalVariable(name.toUpperCase(), scope.frame)?.value ?? null,
    };
  }
  const variable = scope.frame.variables.get(name.toLowerCase());
  if (variable === undefined) throw undeclaredVariable(name);
  return { type: variable.type, eval: () => variable.value };
}

function compileMinus(operandExpr: Expr, scope: Scope): Compiled {
  const operand = compileExpression(operandExpr, scope);
  if (isString(operand.type)) {
    throw new SqlError(
      8117,
      16,
      `Operand data type ${typeName(operand.type)} is invalid for minus operator.`,
      { abortsBatch: true },
    );
  }
  return {
    type: operand.type,
    eval: (env) => {
      const value = operand.eval(env);
      return typeof value === "bigint" || typeof value === "number" ? -value : null;
    },
  };
}

function compileCase(expr: Expr & { kind: "case" }, scope: Scope): Compiled {
  const { subject } = expr;
  const branches = expr.whens.map(({ when, result }) => ({
    test: compileCondition(
      subject === null ? when : { kind: "compare", op: "=", left: subject, right: when },
      scope,
    ),
    result: compileExpression(result, scope),
  }));
  const otherwise = expr.otherwise === null ? null : compileExpression(expr.otherwise, scope);
  const results = [...branches.map((b) => b.result), ...(otherwise === null ? [] : [otherwise])];
  const type = results.map((r) => r.type).reduce(unifyTypes, nullType);
  const whens = branches.map((b) => ({ test: b.test, result: coerce(b.result, type) }));
  const last = otherwise === null ? null : coerce(otherwise, type);
  return {
    type,
    eval: (env) => {
      for (const when of whens) if (when.test(env) === true) return when.result.eval(env);
      return last === null ? null : last.eval(env);
    },
  };
}

function compileCast(expr: Expr & { kind: "cast" }, scope: Scope): Compiled {
  const operand = compileExpression(expr.operand, scope);
  const style = expr.style === null ? null : compileAs(expr.style, scope, int);
  return {
    type: expr.type,
    eval: (env) => {
      const chosen = style?.eval(env);
      const value = operand.eval(env);
      return convertValue(value, operand.type, expr.type, typeof chosen === "number" ? chosen : undefined);
    },
  };
}

function compileCall(call: CallExpr, scope: Scope): Compiled {
  const name = (call.name.at(-1) ?? "").toUpperCase();
  if (call.name.length === 1 && isAggregate(name)) return compileAggregate(call, scope);
  if (name === "COALESCE") return firstNonNull(call.args.map((arg) => compileExpression(arg, scope)));
  const found = scope.frame.host.findFunction(name);
  if (found === null) throw unknownFunction(call);
  return compileFunction(call, name, found, scope);
}

function compileFunction(call: CallExpr, name: string, found: ScalarFunction, scope: Scope): Compiled {
  const args: Compiled[] = call.args.map((arg, i) => {
    if (found.datepart === true && i === 0) {
      const word = arg.kind === "column" ? (arg.parts[0] ?? "") : "";
      return { type: nvarchar(30), eval: () => word.toLowerCase() };
    }
    const compiled = compileExpression(arg, scope);
    const wanted = found.parameters[Math.min(i, found.parameters.length - 1)] ?? "any";
    return wanted === "any" ? compiled : coerce(compiled, wanted);
  });
  if (args.length < found.min) throw wrongCount(name.toLowerCase(), found.min);
  if (args.length > found.max) throw wrongCount(name.toLowerCase(), found.max);
  const types = args.map((arg) => arg.type);
  return {
    type: found.type(types),
    eval: (env) => {
      const values = args.map((arg) => arg.eval(env));
      if (found.acceptsNull !== true && values.includes(null)) return null;
      return found.run(values, scope.frame, types);
    },
  };
}

function firstNonNull(args: Compiled[]): Compiled {
  const type = args.map((arg) => arg.type).reduce(unifyTypes, nullType);
  const same = args.map((arg) => coerce(arg, type));
  return {
    type,
    eval: (env) => {
      for (const arg of same) {
        const value = arg.eval(env);
        if (value !== null) return value;
      }
      return null;
    },
  };
}

function wrongCount(name: string, count: number): SqlError {
  return new SqlError(174, 15, `The ${name} function requires ${count} argument(s).`, { abortsBatch: true });
}

function unknownFunction(call: CallExpr): SqlError {
  const shown = call.name.join(".");
  if (call.name.length === 1) {
    return new SqlError(195, 15, `'${shown}' is not a recognized built-in function name.`, {
      state: 10,
      abortsBatch: true,
    });
  }
  return new SqlError(
    4121,
    16,
    `Cannot find either column "${call.name[0] ?? ""}" or the user-defined function or aggregate "${shown}", or the name is ambiguous.`,
    { abortsBatch: true },
  );
}

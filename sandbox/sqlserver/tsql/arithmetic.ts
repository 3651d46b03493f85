import type { ArithmeticOp } from "./ast";
import { convertValue, rescale } from "./convert-value";
import type { Compiled } from "./scope";
import { SqlError } from "./sql-error";
import {
  decimalShape,
  isBinary,
  isInteger,
  isString,
  isTemporal,
  numeric,
  type SqlType,
  type SqlValue,
  typeName,
  unifyTypes,
  varbinary,
} from "./sql-type";

const NAMES: Record<ArithmeticOp, string> = { "+": "add", "*": "multiply" };

/** + and * with T-SQL's result types, precision and scale, and string concatenation. */
export function arithmetic(op: ArithmeticOp, left: Compiled, right: Compiled): Compiled {
  if (op === "+" && concatenates(left.type) && concatenates(right.type)) return concatenate(left, right);
  if (isTemporal(left.type) || isTemporal(right.type)) return addDays(op, left, right);
  const common = unifyTypes(left.type, right.type);
  if (common.name === "null") return { type: numericNull, eval: () => null };
  if (isString(common) || isBinary(common) || common.name === "uniqueidentifier") {
    throw new SqlError(
      8117,
      16,
      `Operand data type ${typeName(common)} is invalid for ${NAMES[op]} operator.`,
      { abortsBatch: true },
    );
  }
  if (common.name === "numeric" || common.name === "money") return decimalArithmetic(op, left, right);
  const convert = (side: Compiled) => (env: Parameters<Compiled["eval"]>[0]) =>
    convertValue(side.eval(env), side.type, common);
  const l = convert(left);
  const r = convert(right);
  return {
    type: common,
    eval: (env) => {
      const a = l(env);
      const b = r(env);
      if (typeof a === "bigint" && typeof b === "bigint") return checked(applied(op, a, b), common);
      if (typeof a !== "number" || typeof b !== "number") return null;
      if (!isInteger(common)) return op === "+" ? a + b : a * b;
      return checked(applied(op, BigInt(a), BigInt(b)), common);
    },
  };
}

const numericNull: SqlType = { name: "int", length: 0, precision: 0, scale: 0 };

function concatenates(type: SqlType): boolean {
  return isString(type) || isBinary(type) || type.name === "null";
}

function concatenate(left: Compiled, right: Compiled): Compiled {
  const common = unifyTypes(left.type, right.type);
  if (common.name === "null") return { type: numericNull, eval: () => null };
  const unbounded = left.type.length < 0 || right.type.length < 0;
  const limit = common.name.startsWith("n") ? 4000 : 8000;
  const length = unbounded ? -1 : Math.min(limit, Math.max(1, left.type.length + right.type.length));
  const type = isBinary(common) ? varbinary(length) : { ...common, length };
  return {
    type,
    eval: (env) => {
      const a = convertValue(left.eval(env), left.type, type);
      const b = convertValue(right.eval(env), right.type, type);
      if (typeof a === "string" && typeof b === "string") {
        const text = a + b;
        return length < 0 ? text : text.slice(0, limit);
      }
      if (a instanceof Uint8Array && b instanceof Uint8Array) return Uint8Array.from([...a, ...b]);
      return null;
    },
  };
}

function addDays(op: ArithmeticOp, left: Compiled, right: Compiled): Compiled {
  const type = isTemporal(left.type) ? left.type : right.type;
  if (op !== "+" || type.name !== "datetime") {
    throw new SqlError(
      402,
      16,
      `The data types ${typeName(left.type)} and ${typeName(right.type)} are incompatible in the ${NAMES[op]} operator.`,
      { abortsBatch: true },
    );
  }
  const epoch = Date.UTC(1900, 0, 1);
  const days = (side: Compiled, env: Parameters<Compiled["eval"]>[0]): number | null => {
    const value = convertValue(side.eval(env), side.type, type);
    if (typeof value === "number" && isInteger(side.type)) return value - epoch;
    return typeof value === "number" ? value - epoch : null;
  };
  return {
    type,
    eval: (env) => {
      const a = days(left, env);
      const b = days(right, env);
      if (a === null || b === null) return null;
      return epoch + a + b;
    },
  };
}

function applied(op: ArithmeticOp, a: bigint, b: bigint): bigint {
  return op === "+" ? a + b : a * b;
}

function checked(value: bigint, type: SqlType): SqlValue {
  return convertValue(value, numeric(38, 0), type);
}

/** learn.microsoft.com, Precision, scale, and length: result precision over 38 costs decimal places, at most down to 6. */
function decimalResult(op: ArithmeticOp, a: SqlType, b: SqlType): SqlType {
  const x = decimalShape(a);
  const y = decimalShape(b);
  let scale = Math.max(x.scale, y.scale);
  let precision = Math.max(x.precision - x.scale, y.precision - y.scale) + scale + 1;
  if (op === "*") {
    scale = x.scale + y.scale;
    precision = x.precision + y.precision + 1;
  }
  if (precision > 38) {
    scale = Math.max(Math.min(6, scale), scale - (precision - 38));
    precision = 38;
  }
  return numeric(precision, scale);
}

function decimalArithmetic(op: ArithmeticOp, left: Compiled, right: Compiled): Compiled {
  const type = decimalResult(op, left.type, right.type);
  const sides = [left, right].map((side) => {
    const shape = decimalShape(side.type);
    return { side, as: numeric(shape.precision, shape.scale) };
  });
  return {
    type,
    eval: (env) => {
      const [a, b] = sides.map(({ side, as }) => convertValue(side.eval(env), side.type, as));
      if (typeof a !== "bigint" || typeof b !== "bigint") return null;
      const s1 = sides[0]?.as.scale ?? 0;
      const s2 = sides[1]?.as.scale ?? 0;
      const common = Math.max(s1, s2);
      if (op === "*") return rescale(a * b, s1 + s2, type.scale);
      return rescale(applied(op, rescale(a, s1, common), rescale(b, s2, common)), common, type.scale);
    },
  };
}

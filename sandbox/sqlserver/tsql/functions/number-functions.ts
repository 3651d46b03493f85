import { randomUUID } from "node:crypto";
import { convertValue, rescale } from "../convert-value";
import type { ScalarFunction } from "../engine-host";
import { decimalShape, float, int, type SqlType, type SqlValue, uniqueidentifier } from "../sql-type";
import { defineFunction, numberOf } from "./define-function";

const same = (types: readonly SqlType[]): SqlType => types[0] ?? int;

/** Rounds towards a whole number, keeping the type; `how` is Math.floor or Math.ceil. */
function whole(value: SqlValue | undefined, type: SqlType | undefined, how: (n: number) => number): SqlValue {
  if (typeof value === "bigint") {
    const scale = type === undefined ? 0 : decimalShape(type).scale;
    const unit = 10n ** BigInt(scale);
    const cut = (value / unit) * unit;
    if (cut === value) return value;
    const up = how(0.5) === 1;
    return value > 0n ? (up ? cut + unit : cut) : up ? cut : cut - unit;
  }
  return how(numberOf(value));
}

function round(value: SqlValue | undefined, digits: number, type: SqlType | undefined): SqlValue {
  if (typeof value === "bigint") {
    const scale = type === undefined ? 0 : decimalShape(type).scale;
    return digits >= scale
      ? value
      : rescale(rescale(value, scale, Math.max(0, digits)), Math.max(0, digits), scale);
  }
  const unit = 10 ** digits;
  return Math.round(numberOf(value) * unit) / unit;
}

export const numberFunctions: Record<string, ScalarFunction> = {
  ABS: defineFunction(["any"], same, ([v]) =>
    typeof v === "bigint" ? (v < 0n ? -v : v) : Math.abs(numberOf(v)),
  ),
  FLOOR: defineFunction(["any"], same, ([v], _frame, types) => whole(v, types[0], Math.floor)),
  CEILING: defineFunction(["any"], same, ([v], _frame, types) => whole(v, types[0], Math.ceil)),
  ROUND: defineFunction(
    ["any", int, int],
    same,
    ([v, digits], _frame, types) => round(v, numberOf(digits), types[0]),
    { min: 2 },
  ),
  POWER: defineFunction([float, float], float, ([v, n]) => numberOf(v) ** numberOf(n)),
  SQRT: defineFunction([float], float, ([v]) => Math.sqrt(numberOf(v))),
  LOG: defineFunction([float], float, ([v]) => Math.log(numberOf(v))),
  SIGN: defineFunction(["any"], same, ([v], _frame, types) =>
    convertValue(Math.sign(numberOf(v)), int, types[0] ?? int),
  ),
  RAND: defineFunction([int], float, () => Math.random(), { min: 0 }),
  NEWID: defineFunction([], uniqueidentifier, () => randomUUID().toUpperCase()),
  CHECKSUM: defineFunction(
    ["any"],
    int,
    (args) => {
      let sum = 0;
      for (const c of args.map(String).join("|")) sum = (Math.imul(sum, 31) + c.charCodeAt(0)) | 0;
      return sum;
    },
    { min: 1, max: 254, acceptsNull: true },
  ),
};

import { convertValue } from "../convert-value";
import type { ScalarFunction } from "../engine-host";
import { SqlError } from "../sql-error";
import {
  datetime,
  datetime2,
  int,
  isDateTimeOffset,
  isString,
  nvarchar,
  type SqlType,
  type SqlValue,
} from "../sql-type";
import { defineFunction, numberOf, textOf } from "./define-function";

const PARTS: Record<string, string> = {
  yy: "year",
  yyyy: "year",
  qq: "quarter",
  q: "quarter",
  mm: "month",
  m: "month",
  dy: "dayofyear",
  y: "dayofyear",
  dd: "day",
  d: "day",
  wk: "week",
  ww: "week",
  dw: "weekday",
  hh: "hour",
  mi: "minute",
  n: "minute",
  ss: "second",
  s: "second",
  ms: "millisecond",
  mcs: "microsecond",
  ns: "nanosecond",
  tz: "tzoffset",
};
const MS: Record<string, number> = {
  week: 604_800_000,
  day: 86_400_000,
  dayofyear: 86_400_000,
  weekday: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
  microsecond: 0.001,
  nanosecond: 0.000001,
};
function partName(value: SqlValue | undefined, fn: string): string {
  const word = textOf(value);
  const name = PARTS[word] ?? word;
  if (MS[name] !== undefined || ["year", "quarter", "month", "tzoffset"].includes(name)) return name;
  throw new SqlError(155, 15, `'${word}' is not a recognized ${fn} option.`, { abortsBatch: true });
}

/** Wall-clock milliseconds of any date value; text is read as datetime2. */
function wallOf(value: SqlValue | undefined, type: SqlType | undefined): number {
  if (value === undefined || value === null) return 0;
  if (isDateTimeOffset(value)) return value.ms + value.offsetMinutes * 60_000;
  if (typeof value === "string") return numberOf(convertValue(value, nvarchar(100), datetime2));
  if (typeof value === "number" && type?.name === "int") return numberOf(convertValue(value, int, datetime));
  return numberOf(value);
}

function datePart(part: string, value: SqlValue | undefined, type: SqlType | undefined): number {
  const wall = wallOf(value, type);
  const date = new Date(Math.floor(wall));
  const startOfYear = Date.UTC(date.getUTCFullYear(), 0, 1);
  const dayOfYear = Math.floor((wall - startOfYear) / 86_400_000) + 1;
  switch (part) {
    case "year":
      return date.getUTCFullYear();
    case "quarter":
      return Math.floor(date.getUTCMonth() / 3) + 1;
    case "month":
      return date.getUTCMonth() + 1;
    case "dayofyear":
      return dayOfYear;
    case "week":
      return Math.floor((dayOfYear - 1 + new Date(startOfYear).getUTCDay()) / 7) + 1;
    case "weekday":
      return date.getUTCDay() + 1;
    case "day":
      return date.getUTCDate();
    case "hour":
      return date.getUTCHours();
    case "minute":
      return date.getUTCMinutes();
    case "second":
      return date.getUTCSeconds();
    case "tzoffset":
      return value !== undefined && isDateTimeOffset(value) ? value.offsetMinutes : 0;
    default: {
      const fraction = wall - Math.floor(wall / 1000) * 1000;
      return Math.floor(fraction / (MS[part] ?? 1) + 1e-6);
    }
  }
}

function addTo(part: string, count: number, wall: number): number {
  const unit = MS[part];
  if (unit !== undefined) return wall + count * unit;
  const months = part === "year" ? count * 12 : part === "quarter" ? count * 3 : count;
  const date = new Date(Math.floor(wall));
  const day = date.getUTCDate();
  const moved = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(day, last));
  return moved.getTime() + (wall - Math.floor(wall / 86_400_000) * 86_400_000);
}

/** Boundaries crossed between two times, which is what DATEDIFF counts. */
function difference(part: string, from: number, to: number): bigint {
  const a = new Date(Math.floor(from));
  const b = new Date(Math.floor(to));
  const months = (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
  if (part === "year") return BigInt(b.getUTCFullYear() - a.getUTCFullYear());
  if (part === "month") return BigInt(months);
  if (part === "quarter") {
    const quarter = (d: Date) => d.getUTCFullYear() * 4 + Math.floor(d.getUTCMonth() / 3);
    return BigInt(quarter(b) - quarter(a));
  }
  const unit = MS[part] ?? 1;
  if (unit < 1) return BigInt(Math.round((to - from) / unit));
  // Weeks begin on Sunday; 1970-01-01 was a Thursday.
  const shift = part === "week" ? 4 * 86_400_000 : 0;
  return BigInt(Math.floor((to + shift) / unit) - Math.floor((from + shift) / unit));
}

const dateType = (types: readonly SqlType[]): SqlType => {
  const type = types[2];
  if (type === undefined || isString(type) || type.name === "int") return datetime;
  return type;
};

export const dateFunctions: Record<string, ScalarFunction> = {
  DATEPART: defineFunction(
    ["any", "any"],
    int,
    ([part, v], _f, t) => datePart(partName(part, "datepart"), v, t[1]),
    { datepart: true },
  ),
  DATEADD: defineFunction(
    ["any", int, "any"],
    dateType,
    ([part, count, v], _f, t) => {
      const name = partName(part, "dateadd");
      if (v !== undefined && v !== null && isDateTimeOffset(v)) {
        return { ms: addTo(name, numberOf(count), v.ms), offsetMinutes: v.offsetMinutes };
      }
      return addTo(name, numberOf(count), wallOf(v, t[2]));
    },
    { datepart: true },
  ),
  DATEDIFF: defineFunction(
    ["any", "any", "any"],
    int,
    ([part, a, b], _f, t) => {
      const count = difference(partName(part, "datediff"), wallOf(a, t[1]), wallOf(b, t[2]));
      if (count > 2147483647n || count < -2147483648n) {
        throw new SqlError(
          535,
          16,
          "The datediff function resulted in an overflow. The number of dateparts separating two date/time instances is too large. Try to use datediff with a less precise datepart.",
          { abortsBatch: true },
        );
      }
      return Number(count);
    },
    { datepart: true },
  ),
};

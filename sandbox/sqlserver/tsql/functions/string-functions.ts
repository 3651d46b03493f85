import { createHash } from "node:crypto";
import { matchesLike } from "../compare-values";
import { convertValue } from "../convert-value";
import type { ScalarFunction } from "../engine-host";
import {
  int,
  isString,
  nvarchar,
  nvarcharMax,
  type SqlType,
  type SqlValue,
  sysname,
  varbinary,
} from "../sql-type";
import { defineFunction, numberOf, textOf } from "./define-function";

const text = nvarcharMax;
const sameText = (types: readonly SqlType[]): SqlType => {
  const [type] = types;
  return type !== undefined && isString(type) ? type : nvarchar(4000);
};
const wide = (types: readonly SqlType[]): SqlType => ({ ...sameText(types), length: -1 });

/** Where a string begins in another, counted from 1; 0 when it does not. */
function indexFrom(needle: string, hay: string, start: number): number {
  return hay.toLowerCase().indexOf(needle.toLowerCase(), Math.max(0, start - 1)) + 1;
}

function patternIndex(pattern: string, value: string): number {
  const open = !pattern.startsWith("%");
  for (let at = 0; at <= (open ? 0 : value.length); at++) {
    if (matchesLike(value.slice(at), open ? pattern : pattern.slice(1), null, false)) return at + 1;
  }
  return 0;
}

function concatenated(args: readonly SqlValue[], types: readonly SqlType[]): string {
  return args.map((value, i) => textOf(convertValue(value, types[i] ?? text, text))).join("");
}

function quoteName(value: string, mark: string): SqlValue {
  const pairs: Record<string, string> = {
    "[": "]",
    "]": "]",
    "'": "'",
    '"': '"',
    "(": ")",
    "{": "}",
    "<": ">",
  };
  const close = pairs[mark];
  if (close === undefined || value.length > 128) return null;
  const open = mark === "]" ? "[" : mark;
  return `${open}${value.split(close).join(close + close)}${close}`;
}

export const stringFunctions: Record<string, ScalarFunction> = {
  LEN: defineFunction(
    ["any"],
    int,
    ([v], _f, types) => textOf(convertValue(v ?? null, types[0] ?? text, text)).trimEnd().length,
  ),
  DATALENGTH: defineFunction(["any"], int, ([v], _frame, types) => {
    if (v instanceof Uint8Array) return v.length;
    if (typeof v === "string") return types[0]?.name.startsWith("n") === true ? v.length * 2 : v.length;
    const sizes: Record<string, number> = {
      bigint: 8,
      int: 4,
      smallint: 2,
      tinyint: 1,
      bit: 1,
      datetime: 8,
      float: 8,
    };
    return sizes[types[0]?.name ?? ""] ?? 8;
  }),
  UPPER: defineFunction([text], sameText, ([v]) => textOf(v).toUpperCase()),
  LOWER: defineFunction([text], sameText, ([v]) => textOf(v).toLowerCase()),
  LTRIM: defineFunction([text], sameText, ([v]) => textOf(v).replace(/^ +/, "")),
  RTRIM: defineFunction([text], sameText, ([v]) => textOf(v).replace(/ +$/, "")),
  TRIM: defineFunction([text], sameText, ([v]) => textOf(v).replace(/^ +| +$/g, "")),
  REVERSE: defineFunction([text], sameText, ([v]) => [...textOf(v)].reverse().join("")),
  SUBSTRING: defineFunction(
    ["any", int, int],
    (t) => (t[0] !== undefined && isString(t[0]) ? t[0] : nvarchar(4000)),
    ([v, from, length]) => {
      const start = numberOf(from) - 1;
      const end = start + numberOf(length);
      if (v instanceof Uint8Array)
        return Buffer.from(v.subarray(Math.max(0, start), Math.max(0, end))).toString("latin1");
      return textOf(v).slice(Math.max(0, start), Math.max(0, end));
    },
  ),
  LEFT: defineFunction([text, int], sameText, ([v, n]) => textOf(v).slice(0, Math.max(0, numberOf(n)))),
  RIGHT: defineFunction([text, int], sameText, ([v, n]) => {
    const count = Math.max(0, numberOf(n));
    return count === 0 ? "" : textOf(v).slice(-count);
  }),
  REPLACE: defineFunction([text, text, text], wide, ([v, from, to]) => {
    const needle = textOf(from);
    if (needle === "") return textOf(v);
    const regex = new RegExp(needle.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), "gi");
    return textOf(v).replace(regex, () => textOf(to));
  }),
  STUFF: defineFunction([text, int, int, text], wide, ([v, at, count, put]) => {
    const start = numberOf(at) - 1;
    const value = textOf(v);
    if (start < 0 || start >= value.length) return null;
    return value.slice(0, start) + textOf(put) + value.slice(start + numberOf(count));
  }),
  REPLICATE: defineFunction([text, int], wide, ([v, n]) =>
    numberOf(n) < 0 ? null : textOf(v).repeat(numberOf(n)),
  ),
  SPACE: defineFunction([int], nvarchar(4000), ([n]) => " ".repeat(Math.max(0, numberOf(n)))),
  CHARINDEX: defineFunction(
    [text, text, int],
    int,
    ([needle, hay, from]) => indexFrom(textOf(needle), textOf(hay), numberOf(from)),
    { min: 2 },
  ),
  PATINDEX: defineFunction([text, text], int, ([pattern, value]) =>
    patternIndex(textOf(pattern), textOf(value)),
  ),
  ASCII: defineFunction([text], int, ([v]) => textOf(v).charCodeAt(0) & 0xff),
  UNICODE: defineFunction([text], int, ([v]) => textOf(v).charCodeAt(0)),
  CHAR: defineFunction([int], nvarchar(1), ([n]) => String.fromCharCode(numberOf(n) & 0xff)),
  NCHAR: defineFunction([int], nvarchar(1), ([n]) => String.fromCharCode(numberOf(n))),
  QUOTENAME: defineFunction(
    [sysname, nvarchar(1)],
    nvarchar(258),
    ([v, mark]) => quoteName(textOf(v), mark === undefined ? "[" : textOf(mark)),
    { min: 1 },
  ),
  PARSENAME: defineFunction(
    [nvarchar(776), int],
    sysname,
    ([v, part]) => textOf(v).split(".").reverse()[numberOf(part) - 1] ?? null,
  ),
  CONCAT: defineFunction(["any"], text, (args, _frame, types) => concatenated(args, types), {
    min: 2,
    max: 254,
    acceptsNull: true,
  }),
  CONCAT_WS: defineFunction(
    ["any"],
    text,
    ([separator, ...args], _frame, types) =>
      args
        .map((value, i) => (value === null ? null : textOf(convertValue(value, types[i + 1] ?? text, text))))
        .filter((value) => value !== null)
        .join(textOf(separator)),
    { min: 3, max: 254, acceptsNull: true },
  ),
  STR: defineFunction(
    ["any", int, int],
    nvarchar(40),
    ([v, length, decimals], _frame, types) => {
      const value = Number(
        convertValue(v ?? null, types[0] ?? text, { name: "float", length: 0, precision: 0, scale: 0 }),
      );
      return value
        .toFixed(decimals === undefined ? 0 : numberOf(decimals))
        .padStart(length === undefined ? 10 : numberOf(length));
    },
    { min: 1 },
  ),
  HASHBYTES: defineFunction([nvarchar(20), "any"], varbinary(64), ([algorithm, v], _frame, types) => {
    const names: Record<string, string> = {
      MD5: "md5",
      SHA: "sha1",
      SHA1: "sha1",
      SHA2_256: "sha256",
      SHA2_512: "sha512",
    };
    const name = names[textOf(algorithm).toUpperCase()];
    if (name === undefined) return null;
    const bytes = convertValue(v ?? null, types[1] ?? text, varbinary(-1));
    return bytes instanceof Uint8Array ? Uint8Array.from(createHash(name).update(bytes).digest()) : null;
  }),
  ISNUMERIC: defineFunction(
    ["any"],
    int,
    ([v]) =>
      typeof v === "number" ||
      typeof v === "bigint" ||
      /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(textOf(v))
        ? 1
        : 0,
    { acceptsNull: true },
  ),
};

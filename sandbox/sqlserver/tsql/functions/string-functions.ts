import { matchesLike } from "../compare-values";
import { convertValue } from "../convert-value";
import type { ScalarFunction } from "../engine-host";
import { int, isString, nvarchar, nvarcharMax, type SqlType, type SqlValue, sysname } from "../sql-type";
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
    if (matchesLike(value.slice(at), open ? pattern : pattern.slice(1), null, nvarcharMax)) return at + 1;
  }
  return 0;
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
  RTRIM: defineFunction([text], sameText, ([v]) => textOf(v).replace(/ +$/, "")),
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
  CHARINDEX: defineFunction(
    [text, text, int],
    int,
    ([needle, hay, from]) => indexFrom(textOf(needle), textOf(hay), numberOf(from)),
    { min: 2 },
  ),
  PATINDEX: defineFunction([text, text], int, ([pattern, value]) =>
    patternIndex(textOf(pattern), textOf(value)),
  ),
  NCHAR: defineFunction([int], nvarchar(1), ([n]) => String.fromCharCode(numberOf(n))),
  QUOTENAME: defineFunction(
    [sysname, nvarchar(1)],
    nvarchar(258),
    ([v, mark]) => quoteName(textOf(v), mark === undefined ? "[" : textOf(mark)),
    { min: 1 },
  ),
};

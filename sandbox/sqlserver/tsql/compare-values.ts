import { foldCase, isDateTimeOffset, isString, isVariant, type SqlType, type SqlValue } from "./sql-type";

const collator = new Intl.Collator("en", { sensitivity: "accent", numeric: false });

/** Order of two non-null values that were converted to one type. Strings: case-insensitive, trailing blanks ignored. */
export function compareValues(a: SqlValue, b: SqlValue, type: SqlType): number {
  if (isVariant(a)) return compareValues(a.value, isVariant(b) ? b.value : b, a.variantType);
  if (typeof a === "string" && typeof b === "string") {
    const x = a.trimEnd();
    const y = b.trimEnd();
    if (type.caseSensitive === true || !isString(type)) return x < y ? -1 : x > y ? 1 : 0;
    return foldCase(x, type) === foldCase(y, type) ? 0 : collator.compare(x, y) || (x < y ? -1 : 1);
  }
  if (a instanceof Uint8Array && b instanceof Uint8Array)
    return Buffer.compare(Buffer.from(a), Buffer.from(b));
  if (isDateTimeOffset(a) && isDateTimeOffset(b)) return Math.sign(a.ms - b.ms);
  if (typeof a === "bigint" && typeof b === "bigint") return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === "number" && typeof b === "number") return Math.sign(a - b);
  return 0;
}

/** Like compareValues, with NULL below everything, as ORDER BY has it. */
export function orderValues(a: SqlValue, b: SqlValue, type: SqlType): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  return compareValues(a, b, type);
}

/** A string equal for two values exactly when GROUP BY and DISTINCT hold them equal (NULL equals NULL here). */
export function valueKey(value: SqlValue, type: SqlType): string {
  if (value === null) return "∅";
  if (isVariant(value)) return `v${valueKey(value.value, value.variantType)}`;
  if (typeof value === "string") {
    return `s${foldCase(value.trimEnd(), type)}`;
  }
  if (value instanceof Uint8Array) return `b${Buffer.from(value).toString("hex")}`;
  if (isDateTimeOffset(value)) return `t${value.ms}`;
  return `n${value}`;
}

const patterns = new Map<string, RegExp>();

/** T-SQL's LIKE: % _ [set] [^set] and an escape character. */
export function matchesLike(
  text: string,
  pattern: string,
  escapeMark: string | null,
  type: SqlType,
): boolean {
  const caseSensitive = type.caseSensitive === true;
  if (type.turkish === true) {
    // Sets of letters too: what folds to the same letter is in the same set.
    const [folded, wanted] = [foldCase(text, type), foldCase(pattern, type)];
    return matchesLike(folded, wanted, escapeMark, { ...type, turkish: false, caseSensitive: true });
  }
  const key = `${caseSensitive ? "c" : "i"}${escapeMark ?? ""}\u0000${pattern}`;
  let regex = patterns.get(key);
  if (regex === undefined) {
    regex = new RegExp(`^${likeSource(pattern, escapeMark)}$`, caseSensitive ? "su" : "sui");
    if (patterns.size > 500) patterns.clear();
    patterns.set(key, regex);
  }
  return regex.test(text);
}

function likeSource(pattern: string, escapeMark: string | null): string {
  const quote = (c: string) => c.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  let source = "";
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern.charAt(i);
    if (escapeMark !== null && c === escapeMark && i + 1 < pattern.length) {
      i++;
      source += quote(pattern.charAt(i));
    } else if (c === "%") source += ".*";
    else if (c === "_") source += ".";
    else if (c === "[") {
      const close = pattern.indexOf("]", i + 2);
      if (close < 0) return "(?!)";
      const inner = pattern.slice(i + 1, close);
      const negated = inner.startsWith("^");
      const body = (negated ? inner.slice(1) : inner).replace(/[\\^[\]|{}()/]/g, "\\$&");
      source += `[${negated ? "^" : ""}${body}]`;
      i = close;
    } else source += quote(c);
  }
  return source;
}

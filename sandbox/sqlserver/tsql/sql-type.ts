/** The data types the sandbox's T-SQL engine knows. `text`, `ntext` and `xml` are read as their (max) string types. */
export type SqlTypeName =
  | "sql_variant"
  | "datetimeoffset"
  | "datetime2"
  | "datetime"
  | "smalldatetime"
  | "date"
  | "time"
  | "float"
  | "real"
  | "numeric"
  | "money"
  | "bigint"
  | "int"
  | "smallint"
  | "tinyint"
  | "bit"
  | "uniqueidentifier"
  | "nvarchar"
  | "nchar"
  | "varchar"
  | "char"
  | "varbinary"
  | "binary"
  | "null";

/** `length` counts characters or bytes, -1 means (max). `precision` and `scale` belong to numeric and the time types. */
export interface SqlType {
  name: SqlTypeName;
  length: number;
  precision: number;
  scale: number;
  /** Of a binary or case-sensitive collation. */
  caseSensitive?: boolean;
  /** Of a Turkish or Azeri collation that folds case: `i` is the small letter of `İ`, `ı` that of `I`. */
  turkish?: boolean;
}

export interface DateTimeOffset {
  /** The instant, milliseconds since 1970 UTC. */
  ms: number;
  offsetMinutes: number;
}

export interface Variant {
  variantType: SqlType;
  value: SqlScalar;
}

export type SqlScalar = number | bigint | string | Uint8Array | DateTimeOffset;

/**
 * A value at run time. int family, bit, float: number; bigint and the unscaled numeric: bigint; strings: string;
 * date and time types: milliseconds of the wall clock read as UTC; guid: upper-case text; binary: bytes.
 */
export type SqlValue = SqlScalar | Variant | null;

export interface ColumnDef {
  name: string;
  type: SqlType;
}

function plain(name: SqlTypeName, length = 0, precision = 0, scale = 0): SqlType {
  return { name, length, precision, scale };
}

export const bit = plain("bit");
export const tinyint = plain("tinyint");
export const smallint = plain("smallint");
export const int = plain("int");
export const bigint = plain("bigint");
export const float = plain("float");
export const datetime = plain("datetime");
export const uniqueidentifier = plain("uniqueidentifier");
export const sqlVariant = plain("sql_variant");
export const nullType = plain("null");
export const sysname = plain("nvarchar", 128);
export const nvarcharMax = plain("nvarchar", -1);
export const datetime2 = plain("datetime2", 0, 27, 7);
export const datetimeoffset = plain("datetimeoffset", 0, 34, 7);

export const nvarchar = (length: number): SqlType => plain("nvarchar", length);
export const varchar = (length: number): SqlType => plain("varchar", length);
export const varbinary = (length: number): SqlType => plain("varbinary", length);
export const numeric = (precision: number, scale: number): SqlType => plain("numeric", 0, precision, scale);

const RANKED: readonly SqlTypeName[] = [
  "sql_variant",
  "datetimeoffset",
  "datetime2",
  "datetime",
  "smalldatetime",
  "date",
  "time",
  "float",
  "real",
  "numeric",
  "money",
  "bigint",
  "int",
  "smallint",
  "tinyint",
  "bit",
  "uniqueidentifier",
  "nvarchar",
  "nchar",
  "varchar",
  "char",
  "varbinary",
  "binary",
  "null",
];

export function isString(type: SqlType): boolean {
  return /^n?(var)?char$/.test(type.name);
}
export function isBinary(type: SqlType): boolean {
  return type.name === "varbinary" || type.name === "binary";
}
export function isTemporal(type: SqlType): boolean {
  return /^(small)?date|^time/.test(type.name);
}
export function isInteger(type: SqlType): boolean {
  return /^(bit|tinyint|smallint|int|bigint)$/.test(type.name);
}

const DIGITS: Partial<Record<SqlTypeName, number>> = {
  bit: 1,
  tinyint: 3,
  smallint: 5,
  int: 10,
  bigint: 19,
  money: 19,
};

/** How many digits stand before and after the point when a type is read as numeric. */
export function decimalShape(type: SqlType): { precision: number; scale: number } {
  if (type.name === "numeric") return { precision: type.precision, scale: type.scale };
  if (type.name === "money") return { precision: 19, scale: 4 };
  // A literal counts with the digits it has, not with those its type could hold.
  const own = type.name === "int" && type.precision > 0 ? type.precision : undefined;
  return { precision: own ?? DIGITS[type.name] ?? 38, scale: 0 };
}

type Collation = Pick<SqlType, "caseSensitive" | "turkish">;

/** How strings of a collation compare; most fold case as English does. */
export function collationOf(name: string): Collation {
  if (/_(CS|BIN2?)(_|$)/i.test(name)) return { caseSensitive: true };
  return /^(SQL_)?(Turkish|Azeri)/i.test(name) ? { turkish: true } : {};
}

function strictest(a: SqlType, b: SqlType): Collation {
  if (a.caseSensitive === true || b.caseSensitive === true) return { caseSensitive: true };
  return a.turkish === true || b.turkish === true ? { turkish: true } : {};
}

/** A string as one of its type folds it: equal for two exactly when the collation holds them equal. */
export function foldCase(text: string, type: SqlType): string {
  if (type.caseSensitive === true || !isString(type)) return text;
  return type.turkish === true ? text.toLocaleLowerCase("tr") : text.toLowerCase();
}

/** The type both sides are converted to, by T-SQL's data type precedence. */
export function unifyTypes(a: SqlType, b: SqlType): SqlType {
  if (a.name === "null") return b;
  if (b.name === "null") return a;
  const collation = strictest(a, b);
  if (isString(a) && isString(b)) {
    const wide = a.name.startsWith("n") || b.name.startsWith("n");
    const length = a.length < 0 || b.length < 0 ? -1 : Math.max(a.length, b.length);
    return { ...plain(wide ? "nvarchar" : "varchar", length), ...collation };
  }
  const higher = RANKED.indexOf(a.name) <= RANKED.indexOf(b.name) ? a : b;
  const lower = higher === a ? b : a;
  if (higher.name === "numeric" && (isInteger(lower) || lower.name === "numeric" || lower.name === "money")) {
    const x = decimalShape(a);
    const y = decimalShape(b);
    const scale = Math.max(x.scale, y.scale);
    const whole = Math.max(x.precision - x.scale, y.precision - y.scale);
    return numeric(Math.min(38, whole + scale), scale);
  }
  if (isBinary(a) && isBinary(b))
    return varbinary(a.length < 0 || b.length < 0 ? -1 : Math.max(a.length, b.length));
  return higher;
}

const SYNONYMS: Record<string, SqlTypeName> = {
  integer: "int",
  decimal: "numeric",
  dec: "numeric",
  smallmoney: "money",
  rowversion: "binary",
  timestamp: "binary",
  text: "varchar",
  ntext: "nvarchar",
  xml: "nvarchar",
  image: "varbinary",
  character: "char",
};
const MAX_BY_NATURE = new Set(["text", "ntext", "xml", "image"]);

/**
 * A type from its T-SQL name and arguments (`varchar`, `(25)`), null when there is no such type.
 * `context` decides the length of a type written without one: 30 in CAST/CONVERT, 1 in a declaration.
 */
export function typeOf(
  name: string,
  args: readonly (number | "max")[],
  context: "cast" | "declare",
): SqlType | null {
  const lower = name.toLowerCase();
  if (lower === "sysname") return sysname;
  if (MAX_BY_NATURE.has(lower)) return plain(SYNONYMS[lower] ?? "varchar", -1);
  const known = (SYNONYMS[lower] ?? lower) as SqlTypeName;
  if (!RANKED.includes(known) || known === "null") return null;
  const [first, second] = args;
  const type = plain(known);
  if (isString(type) || isBinary(type)) {
    const length = first === "max" ? -1 : (first ?? (context === "cast" ? 30 : 1));
    return plain(known, lower === "rowversion" || lower === "timestamp" ? 8 : length);
  }
  if (known === "numeric") {
    return numeric(typeof first === "number" ? first : 18, typeof second === "number" ? second : 0);
  }
  if (known === "float" && typeof first === "number" && first <= 24) return plain("real");
  if (known === "time" || known === "datetime2" || known === "datetimeoffset") {
    return plain(known, 0, 0, typeof first === "number" ? first : 7);
  }
  return type;
}

export function isVariant(value: SqlValue): value is Variant {
  return typeof value === "object" && value !== null && "variantType" in value;
}
export function isDateTimeOffset(value: SqlValue): value is DateTimeOffset {
  return typeof value === "object" && value !== null && "offsetMinutes" in value;
}

/** The name of a type as sys.types and error messages spell it. */
export function typeName(type: SqlType): string {
  return type.name === "null" ? "int" : type.name;
}

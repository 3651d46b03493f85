import { Prisma } from "../generated/client";

/** A row as the store holds it: columns by their names. */
export type Row = Readonly<Record<string, unknown>>;
export type Json = Record<string, unknown>;

/** The row on the other side of a relation to one, the rows of one to many; undefined: the key is no relation. */
export type Relation = (row: Row, name: string) => Row | readonly Row[] | null | undefined;

type Test = (value: unknown) => boolean;
type Matcher = (row: Row) => boolean;

/**
 * Whether rows are what Prisma's `where` asks for; looked through once, not for each row. Throws for what no query of the
 * engine has asked so far.
 */
export function matcherOf(where: Json | undefined, relation: Relation): Matcher {
  const matchers = Object.entries(where ?? {}).flatMap(([key, wanted]) =>
    wanted === undefined ? [] : [matcherOfKey(key, wanted, relation)],
  );
  return (row) => matchers.every((matches) => matches(row));
}

function matcherOfKey(key: string, wanted: unknown, relation: Relation): Matcher {
  if (key === "OR" || key === "AND" || key === "NOT") {
    const all = listOf(wanted).map((one) => matcherOf(one, relation));
    if (key === "AND") return (row) => all.every((matches) => matches(row));
    const any: Matcher = (row) => all.some((matches) => matches(row));
    return key === "OR" ? any : (row) => !any(row);
  }
  let ofRow: Matcher | null = null;
  const nested: Matcher = (row) => {
    ofRow ??= matcherOf(asJson(wanted), relation);
    return ofRow(row);
  };
  const holds = (quantifier: string, of: unknown, others: readonly Row[]): boolean => {
    const matches = matcherOf(asJson(of), relation);
    if (quantifier === "some") return others.some(matches);
    if (quantifier === "none") return !others.some(matches);
    throw new Error(`The store in memory knows no quantifier ${quantifier}`);
  };
  let ofValue: Test | null = null;
  return (row) => {
    const other = relation(row, key);
    if (isRows(other)) return Object.entries(asJson(wanted)).every(([which, of]) => holds(which, of, other));
    if (other !== undefined) return other !== null && nested(other);
    if (key in row) {
      ofValue ??= testOf(wanted);
      return ofValue(row[key]);
    }
    // A compound key: its columns by name.
    if (isPlain(wanted)) return nested(row);
    throw new Error(`The store in memory knows no column ${key}`);
  };
}

function isRows(other: ReturnType<Relation>): other is readonly Row[] {
  return Array.isArray(other);
}

function testOf(wanted: unknown): Test {
  if (!isPlain(wanted)) {
    const only = unwrapped(wanted);
    return (value) => isSame(value, only);
  }
  const { path, mode, ...conditions } = wanted;
  const fold = mode === "insensitive" ? folded : (value: unknown) => value;
  const tests = Object.entries(conditions).map(([operator, operand]) =>
    conditionOf(operator, fold(unwrapped(operand))),
  );
  return (value) => {
    const found = fold(path === undefined ? value : atPath(value, path));
    return tests.every((matches) => matches(found));
  };
}

function conditionOf(operator: string, operand: unknown): Test {
  switch (operator) {
    case "equals":
      return (found) => isSame(found, operand);
    case "not": {
      // As SQL has it: what is not there is not different either.
      const equals = testOf(operand);
      return operand === null ? (found) => found !== null : (found) => found !== null && !equals(found);
    }
    case "in":
    case "notIn": {
      const among: Test = (found) => Array.isArray(operand) && operand.some((one) => isSame(found, one));
      return operator === "in" ? among : (found) => found !== null && Array.isArray(operand) && !among(found);
    }
    case "gt":
    case "gte":
    case "lt":
    case "lte":
      return (found) => found !== null && isOrdered(compareValues(found, operand), operator);
    default:
      throw new Error(`The store in memory knows no condition ${operator}`);
  }
}

function folded(value: unknown): unknown {
  return typeof value === "string" ? value.toLowerCase() : value;
}

function isOrdered(order: number, operator: "gt" | "gte" | "lt" | "lte"): boolean {
  return { gt: order > 0, gte: order >= 0, lt: order < 0, lte: order <= 0 }[operator];
}

/** Less than, equal to, or more than zero. */
export function compareValues(one: unknown, other: unknown): number {
  const [a, b] = [comparable(one), comparable(other)];
  return a < b ? -1 : a > b ? 1 : 0;
}

function comparable(value: unknown): number | string | bigint {
  if (value instanceof Date) return value.getTime();
  if (typeof value === "number" || typeof value === "string" || typeof value === "bigint") return value;
  if (typeof value === "boolean") return Number(value);
  throw new Error(`${String(value)} has no order`);
}

function isSame(value: unknown, wanted: unknown): boolean {
  if (value instanceof Date && wanted instanceof Date) return value.getTime() === wanted.getTime();
  return value === wanted;
}

function atPath(value: unknown, path: unknown): unknown {
  const keys = Array.isArray(path) ? path.map(String) : [];
  return keys.reduce<unknown>((at, key) => (isPlain(at) ? (at[key] ?? null) : null), value);
}

/** A NULL of a JSON column is written in another way than it is read. */
export function unwrapped(value: unknown): unknown {
  return value === Prisma.DbNull ? null : value;
}

export function isPlain(value: unknown): value is Json {
  return (
    typeof value === "object" &&
    value !== null &&
    (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null)
  );
}

export function asJson(value: unknown): Json {
  if (!isPlain(value)) throw new Error("The store in memory was given no object");
  return value;
}

function listOf(value: unknown): Json[] {
  return (Array.isArray(value) ? value : [value]).map(asJson);
}

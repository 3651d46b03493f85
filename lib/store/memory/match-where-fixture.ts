import { Prisma } from "../generated/client";

/** A row as the store holds it: columns by their names. */
export type Row = Readonly<Record<string, unknown>>;
export type Json = Record<string, unknown>;

/** The row on the other side of a relation to one; undefined: the key is no relation. */
export type Relation = (row: Row, name: string) => Row | null | undefined;

/** Whether a row is what Prisma's `where` asks for. Throws for what no query of the engine has asked so far. */
export function matchesWhere(row: Row, where: Json | undefined, relation: Relation): boolean {
  return Object.entries(where ?? {}).every(([key, wanted]) => {
    if (wanted === undefined) return true;
    if (key === "OR") return listOf(wanted).some((one) => matchesWhere(row, one, relation));
    if (key === "AND") return listOf(wanted).every((one) => matchesWhere(row, one, relation));
    if (key === "NOT") return !listOf(wanted).some((one) => matchesWhere(row, one, relation));
    const other = relation(row, key);
    if (other !== undefined) return other !== null && matchesWhere(other, asJson(wanted), relation);
    if (!(key in row)) {
      // A compound key: its columns by name.
      if (isPlain(wanted)) return matchesWhere(row, wanted, relation);
      throw new Error(`The store in memory knows no column ${key}`);
    }
    return matchesValue(row[key], wanted);
  });
}

function matchesValue(value: unknown, wanted: unknown): boolean {
  if (!isPlain(wanted)) return isSame(value, unwrapped(wanted));
  const { path, ...conditions } = wanted;
  const found = path === undefined ? value : atPath(value, path);
  return Object.entries(conditions).every(([operator, operand]) => {
    switch (operator) {
      case "equals":
        return isSame(found, unwrapped(operand));
      case "not":
        // As SQL has it: what is not there is not different either.
        if (isPlain(operand)) return found !== null && !matchesValue(found, operand);
        return operand === null ? found !== null : found !== null && !isSame(found, unwrapped(operand));
      case "in":
        return Array.isArray(operand) && operand.some((one) => isSame(found, one));
      case "notIn":
        return found !== null && Array.isArray(operand) && !operand.some((one) => isSame(found, one));
      case "gt":
      case "gte":
      case "lt":
      case "lte":
        return found !== null && isOrdered(compareValues(found, operand), operator);
      default:
        throw new Error(`The store in memory knows no condition ${operator}`);
    }
  });
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

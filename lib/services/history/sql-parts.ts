import { AppError } from "@/lib/diagnosis/app-error";
import { Prisma, type PrismaClient } from "@/lib/store/generated/client";

/** Rows that hold a part of a text, if they are few: then they are named, and the index found them. Null: they are many. */
export type FewRows = readonly string[] | null;

/** More rows than this are not named one by one: among so many the newest page is found soon by looking at each. */
const FEW = 200;
/** Rows that are looked at first: a part that stands in a tenth of them needs no index. */
const SAMPLE = 200;

/** What is said of a row, in small letters, as the indexes of the store have it. */
export function words(columns: readonly Prisma.Sql[]): Prisma.Sql {
  const said = columns.map((column) => Prisma.sql`coalesce(${column}, '')`);
  return Prisma.sql`lower(${Prisma.join(said, " || ' ' || ")})`;
}

/** Whether a text holds a part, whatever stands in it for LIKE. */
export function holds(text: Prisma.Sql, part: string): Prisma.Sql {
  const pattern = `%${part.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  return Prisma.sql`${text} LIKE ${pattern}`;
}

/**
 * The same of a part that many rows hold: written so that PostgreSQL takes it for a coin's throw (a CASE, whose selectivity it does not
 * look for) and reads rows in their order until the page is full, instead of all of them to sort the few that it would expect.
 */
export function holdsOften(text: Prisma.Sql, part: string): Prisma.Sql {
  return Prisma.sql`CASE WHEN ${holds(text, part)} THEN TRUE ELSE FALSE END`;
}

/**
 * `key` of the rows of a table whose words hold a part. Null for parts that many rows hold, or that are in no index: those of
 * two letters or one.
 */
export async function findFew(
  db: Pick<PrismaClient, "$queryRaw" | "$transaction">,
  input: { table: Prisma.Sql; key: Prisma.Sql; said: Prisma.Sql; part: string },
): Promise<FewRows> {
  const { table, key, said, part } = input;
  if (Array.from(part).length < 3) return null;
  const [sample] = await db.$queryRaw<{ held: number }[]>`
    SELECT count(*)::int AS "held"
    FROM (SELECT ${said} AS "said" FROM ${table} LIMIT ${SAMPLE}) AS "sample" WHERE ${holds(Prisma.sql`"said"`, part)}`;
  if ((sample?.held ?? 0) > SAMPLE / 10) return null;
  const rows = await db.$transaction(async (tx) => {
    // The planner would take the letters of every row for no dearer than those that the index has read already.
    await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
    return tx.$queryRaw<{ key: string }[]>`
      SELECT ${key} AS "key" FROM ${table}
      WHERE "lettersOf"(${said}) @> "lettersOf"(${part.toLowerCase()}) AND ${holds(said, part)}
      LIMIT ${FEW + 1}`;
  });
  return rows.length > FEW ? null : [...new Set(rows.map((row) => row.key))];
}

/** `among(column, few)`: `column = ANY(…)`. */
export function among(column: Prisma.Sql, values: readonly string[]): Prisma.Sql {
  return Prisma.sql`${column} = ANY(${[...values]}::text[])`;
}

export function allOf(conditions: readonly (Prisma.Sql | null)[]): Prisma.Sql {
  const given = conditions.filter((condition) => condition !== null);
  return given.length === 0 ? Prisma.sql`TRUE` : Prisma.join(given, " AND ");
}

/** The instants between two calendar days of a zone, both within; an empty day is open. */
export function withinDays(
  column: Prisma.Sql,
  { from, to, zone }: { from: string | null; to: string | null; zone: string },
): Prisma.Sql | null {
  const startOf = (day: Prisma.Sql) =>
    Prisma.sql`((${day})::timestamp AT TIME ZONE ${zone}) AT TIME ZONE 'UTC'`;
  const conditions = [
    from === null ? null : Prisma.sql`${column} >= ${startOf(Prisma.sql`${from}::date`)}`,
    to === null ? null : Prisma.sql`${column} < ${startOf(Prisma.sql`${to}::date + 1`)}`,
  ];
  return from === null && to === null ? null : allOf(conditions);
}

/** Where a page ends: what its last row is ordered by, and its key. Opaque to clients. */
export interface Cursor {
  at: string;
  key: readonly string[];
}

export function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.at, ...cursor.key])).toString("base64url");
}

/** Throws AppError `invalid_input` for what `writeCursor` did not write. */
export function readCursor(text: string, keyLength: number): Cursor {
  const invalid = () =>
    new AppError("validation", "invalid_input", {}, [{ path: "after", reason: "field_wrong_format" }]);
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(text, "base64url").toString());
  } catch {
    throw invalid();
  }
  if (!Array.isArray(parts) || parts.length !== keyLength + 1) throw invalid();
  const [at, ...key] = parts.map(String);
  if (at === undefined) throw invalid();
  return { at, key };
}

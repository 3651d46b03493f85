import type { HistoryFilter, HistorySort } from "@/lib/contracts/history";
import { AppError } from "@/lib/diagnosis/app-error";
import { Prisma } from "@/lib/store/generated/client";
import { allOf, readCursor, writeCursor } from "./sql-parts";

type RawDb = Pick<Prisma.TransactionClient, "$queryRaw">;

/** What a kind of row is read from. */
export interface HistorySource {
  /** Columns with their names, as `SELECT` takes them. */
  columns: Prisma.Sql;
  from: Prisma.Sql;
  /** What each order is by; never null, times as timestamps. */
  sorts: Readonly<Record<HistorySort, Prisma.Sql>>;
  /** Columns that make an order whole; text. */
  key: readonly [Prisma.Sql, ...Prisma.Sql[]];
}

const TIMES: readonly HistorySort[] = ["started", "ended"];

/**
 * `limit` rows that fulfil all conditions, from behind `filter.after`, and the cursor behind them (null: none are left).
 * By key, not by number: a page costs the same however far behind it is. Throws AppError `invalid_input`.
 */
export async function readPage<Row extends object>(
  db: RawDb,
  input: {
    source: HistorySource;
    filter: HistoryFilter;
    conditions: readonly (Prisma.Sql | null)[];
    limit: number;
  },
): Promise<{ rows: Row[]; next: string | null }> {
  const { source, filter, conditions, limit } = input;
  const { sort, after } = filter;
  const isTime = TIMES.includes(sort);
  const falls = filter.order === "" ? isTime : filter.order === "desc";
  const order = [source.sorts[sort], ...source.key];
  const behind = after === "" ? null : beyond(order, readCursor(after, source.key.length), { isTime, falls });
  const direction = Prisma.raw(falls ? "DESC" : "ASC");
  const rows = await db.$queryRaw<(Row & { orderAt: string; orderKey: string[] })[]>`
      SELECT ${source.columns}, (${source.sorts[sort]})::text AS "orderAt",
        ARRAY[${Prisma.join([...source.key])}]::text[] AS "orderKey"
      FROM ${source.from}
      WHERE ${allOf([...conditions, behind])}
      ORDER BY ${Prisma.join(order.map((each) => Prisma.sql`${each} ${direction}`))}
      LIMIT ${limit + 1}`.catch((error: unknown) => {
    throw isUnknownZone(error) ? unknownZone() : error;
  });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { rows: page, next: last ? writeCursor({ at: last.orderAt, key: last.orderKey }) : null };
}

function beyond(
  order: readonly Prisma.Sql[],
  { at, key }: { at: string; key: readonly string[] },
  { isTime, falls }: { isTime: boolean; falls: boolean },
): Prisma.Sql {
  const start = isTime ? Prisma.sql`${at}::timestamp` : Prisma.sql`${at}::text`;
  const values = [start, ...key.map((part) => Prisma.sql`${part}::text`)];
  return Prisma.sql`(${Prisma.join([...order])}) ${Prisma.raw(falls ? "<" : ">")} (${Prisma.join(values)})`;
}

/** PostgreSQL: `time zone "Nowhere/At_All" not recognized`, 22023. */
function isUnknownZone(error: unknown): boolean {
  return error instanceof Error && /time zone .* not recognized/.test(error.message);
}

function unknownZone(): AppError {
  return new AppError("validation", "invalid_input", {}, [
    { path: "zone", reason: "field_not_allowed_value" },
  ]);
}

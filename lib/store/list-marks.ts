import { Prisma } from "./generated/client";

/** Of a migration that is listed; `mark` is another one whenever its row or the name of its source has changed. */
export type ListMark = readonly [id: string, mark: string];

/** As the indexes `Migration_live_idx` and `Migration_ended_idx` say it. */
const LIVE = Prisma.raw(`m."status" NOT IN ('succeeded', 'cancelled')`);
const ENDED = Prisma.raw(`m."archivedAt" IS NULL AND m."status" IN ('succeeded', 'cancelled')`);
/** Of those that are over: the record has them all. */
const ENDED_LISTED = 200;

/**
 * Migrations that may still go on and the newest of those that are over and not put away, newest first, in one row. `scope`: conditions of the table `m`. PostgreSQL gives every version of a row the number of the transaction that wrote
 * it, `xmin`: https://www.postgresql.org/docs/current/ddl-system-columns.html
 */
export async function readListMarks(
  db: Pick<Prisma.TransactionClient, "$queryRaw">,
  scope: readonly Prisma.Sql[],
): Promise<ListMark[]> {
  const seen = seenIn(scope);
  const marked = Prisma.sql`SELECT m."id", m."createdAt", m.xmin::text || ' ' || coalesce(c."name", '') AS "mark"
    FROM "Migration" m LEFT JOIN "Connection" c ON c."id" = m."sourceConnectionId"`;
  const rows = await db.$queryRaw<{ listed: string }[]>`
    SELECT coalesce(json_agg(json_build_array(l."id", l."mark") ORDER BY l."createdAt" DESC), '[]')::text AS "listed" FROM (
      (${marked} WHERE ${seen} AND ${LIVE})
      UNION ALL
      (${marked} WHERE ${seen} AND ${ENDED} ORDER BY m."createdAt" DESC LIMIT ${ENDED_LISTED})
    ) l`;
  return JSON.parse(rows[0]?.listed ?? "[]") as ListMark[];
}

/** How many migrations there are altogether, those that no list shows too. */
export async function countMigrations(
  db: Pick<Prisma.TransactionClient, "$queryRaw">,
  scope: readonly Prisma.Sql[],
): Promise<number> {
  const [row] = await db.$queryRaw<{ all: number }[]>`
    SELECT count(*)::int AS "all" FROM "Migration" m WHERE ${seenIn(scope)}`;
  return row?.all ?? 0;
}

function seenIn(scope: readonly Prisma.Sql[]): Prisma.Sql {
  return scope.length === 0 ? Prisma.sql`true` : Prisma.join([...scope], " AND ");
}

import { Prisma } from "./generated/client";

/** Of a migration that is listed; `mark` is another one whenever its row or the name of its source has changed. */
export type ListMark = readonly [id: string, mark: string];

const ENDED = ["succeeded", "cancelled"];
/** Of those that are over: the record has them all. */
const ENDED_LISTED = 200;

/**
 * Migrations that may still go on and the newest of those that are over and not put away, newest first, in one row; and how many there are
 * altogether. `scope`: conditions of the table `m`. PostgreSQL gives every version of a row the number of the transaction that wrote
 * it, `xmin`: https://www.postgresql.org/docs/current/ddl-system-columns.html
 */
export async function readListMarks(
  db: Pick<Prisma.TransactionClient, "$queryRaw">,
  scope: readonly Prisma.Sql[],
): Promise<{ all: number; listed: ListMark[] }> {
  const seen = scope.length === 0 ? Prisma.sql`true` : Prisma.join([...scope], " AND ");
  const ended = Prisma.sql`m."status" IN (${Prisma.join(ENDED)})`;
  const marked = Prisma.sql`SELECT m."id", m."createdAt", m.xmin::text || ' ' || coalesce(c."name", '') AS "mark"
    FROM "Migration" m LEFT JOIN "Connection" c ON c."id" = m."sourceConnectionId"`;
  const rows = await db.$queryRaw<{ all: number; listed: string }[]>`
    SELECT (SELECT count(*)::int FROM "Migration" m WHERE ${seen}) AS "all",
      (SELECT coalesce(json_agg(json_build_array(l."id", l."mark") ORDER BY l."createdAt" DESC), '[]') FROM (
        (${marked} WHERE ${seen} AND NOT ${ended})
        UNION ALL
        (${marked} WHERE ${seen} AND ${ended} AND m."archivedAt" IS NULL ORDER BY m."createdAt" DESC LIMIT ${ENDED_LISTED})
      ) l)::text AS "listed"`;
  const [{ all, listed } = { all: 0, listed: "[]" }] = rows;
  return { all, listed: JSON.parse(listed) as ListMark[] };
}

import { Prisma } from "./generated/client";

type RawDb = Pick<Prisma.TransactionClient, "$executeRaw" | "$queryRaw">;

/** Which steps are glanced at before they are run: those of some kinds. Sweeps leave them to that until they have been due for so long. */
export interface Glanced {
  kinds: readonly string[];
  forMs: number;
}

/** A due step, and what a glance at it needs. */
export interface GlancedStep {
  id: string;
  kind: string;
  dueAt: Date;
  checkpoint: Prisma.JsonValue;
  startedAt: Date | null;
  createdAt: Date;
  cloudConnectionId: string | null;
  instanceId: string | null;
  rdsTaskId: string | null;
}

/**
 * The migration `m` of each step `s`, looked up by its id, unless it is cancelled. A join would be planned for as many as there ever were due, which
 * PostgreSQL takes for thousands: by reading all migrations, in several processes.
 */
export const OF_EACH = Prisma.sql`CROSS JOIN LATERAL (
  SELECT m."cutover", m."writesStoppedAt", m."cloudConnectionId", m."instanceId", m."rdsTaskId" FROM "Migration" m
  WHERE m."id" = s."migrationId" AND m."status" <> 'cancelled' OFFSET 0) m`;

/** A step `s` of a migration `m` that is glanced at: it waits for something outside, nothing has failed, and no cutover waits for it. */
function isGlanceable(kinds: readonly string[]): Prisma.Sql {
  return Prisma.sql`s."status" = 'waiting_external' AND s."kind" IN (${Prisma.join([...kinds])})
    AND s."error" IS NULL AND m."cutover" IS NULL AND m."writesStoppedAt" IS NULL`;
}

/** The same, and not overdue: somebody glances at it now. `now` is the clock of who asks. */
export function isGlanced({ kinds, forMs }: Glanced, now: Date): Prisma.Sql {
  if (kinds.length === 0) return Prisma.sql`false`;
  return Prisma.sql`(${isGlanceable(kinds)} AND s."dueAt" > ${new Date(now.getTime() - forMs)})`;
}

/**
 * All of each instance on which one is due, since one list of it tells of them all; the longest due first, those that are not due yet behind.
 */
export async function listGlanced(
  db: RawDb,
  { kinds, now, limit }: { kinds: readonly string[]; now: Date; limit: number },
): Promise<GlancedStep[]> {
  const free = Prisma.sql`s."claimedBy" IS NULL AND ${isGlanceable(kinds)}`;
  return db.$queryRaw<GlancedStep[]>`
    WITH places AS MATERIALIZED (
      SELECT DISTINCT m."cloudConnectionId", m."instanceId" FROM "MigrationStep" s ${OF_EACH}
      WHERE s."dueAt" <= ${now} AND ${free}
    )
    SELECT s."id", s."kind", s."dueAt", s."checkpoint", s."startedAt", s."createdAt",
      m."cloudConnectionId", m."instanceId", m."rdsTaskId"
    FROM "MigrationStep" s ${OF_EACH}
    JOIN places p ON p."cloudConnectionId" = m."cloudConnectionId" AND p."instanceId" = m."instanceId"
    WHERE s."dueAt" IS NOT NULL AND ${free}
    ORDER BY s."dueAt" LIMIT ${limit}`;
}

/**
 * Gives steps their next time: later where a look was not needed, now where something has changed. None that a worker, a person or a cutover has come
 * to meanwhile: each only where its time is still `dueAt`.
 */
export async function moveDue(
  db: RawDb,
  steps: readonly { id: string; dueAt: Date; nextAt: Date }[],
): Promise<number> {
  if (steps.length === 0) return 0;
  const rows = JSON.stringify(steps.map(({ id, dueAt, nextAt }) => ({ id, was: dueAt, next: nextAt })));
  return db.$executeRaw`
    UPDATE "MigrationStep" s SET "dueAt" = v."next"
    FROM json_to_recordset(${rows}::json) AS v("id" text, "was" timestamp(3), "next" timestamp(3)), "Migration" m
    WHERE s."id" = v."id" AND s."dueAt" = v."was" AND s."status" = 'waiting_external' AND s."claimedBy" IS NULL
      AND m."id" = s."migrationId" AND m."cutover" IS NULL AND m."writesStoppedAt" IS NULL`;
}

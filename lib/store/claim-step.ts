import { Prisma } from "./generated/client";
import { type Glanced, isGlanced, OF_EACH } from "./glanced-steps";
import { STORE_NOW } from "./store-now";
import { readStep, type StepRow } from "./typed-rows";

/** Statuses in which the engine may take a step up. */
export const RUNNABLE = [
  "queued",
  "running",
  "retrying",
  "waiting_external",
  "waiting_for_backup",
  // Looked at again when it is due: the person's answer may have come.
  "waiting_for_user",
];
/** A claim that was not renewed for so long is nobody's: whoever has a step in hand renews it every second. */
export const CLAIM_STALE_SECONDS = 20;

type Db = Pick<Prisma.TransactionClient, "migrationStep">;
type RawDb = Pick<Prisma.TransactionClient, "$executeRaw" | "$queryRaw">;

/** Nobody has the step `s`, or whoever had it was not heard of for too long. */
const FREE = Prisma.sql`
  s."status" IN (${Prisma.join(RUNNABLE)})
  AND (s."claimedBy" IS NULL OR s."heartbeatAt" IS NULL
    OR s."heartbeatAt" < ${STORE_NOW} - make_interval(secs => ${CLAIM_STALE_SECONDS}))`;
/** A cancelled migration's steps are nobody's. */
const CLAIMABLE = Prisma.sql`${FREE}
  AND EXISTS (SELECT FROM "Migration" m WHERE m."id" = s."migrationId" AND m."status" <> 'cancelled')`;

const NONE: Glanced = { kinds: [], forMs: 0 };

/** A step that nobody has. `dueAt` null: at once. */
export interface ClaimableStep {
  id: string;
  kind: string;
  dueAt: Date | null;
}

/**
 * Takes a step for this worker, or null when another has it or it is not due by the caller's clock `now`. Counts in `reclaims`
 * a step that its worker was lost with.
 */
export async function claimStep(
  db: Db & RawDb,
  input: { stepId: string; claim: string; now: Date },
): Promise<StepRow | null> {
  const { stepId, claim, now } = input;
  const taken = await db.$executeRaw`
    UPDATE "MigrationStep" s SET "claimedBy" = ${claim}, "heartbeatAt" = ${STORE_NOW},
      "reclaims" = s."reclaims" + CASE WHEN s."claimedBy" IS NULL THEN 0 ELSE 1 END
    WHERE s."id" = ${stepId} AND (s."dueAt" IS NULL OR s."dueAt" <= ${now}) AND ${CLAIMABLE}`;
  if (taken !== 1) return null;
  const row = await db.migrationStep.findUnique({ where: { id: stepId } });
  return row && readStep(row);
}

/**
 * Steps that may be claimed and are due by the caller's clock, and behind them one that is due next, though its migration may be cancelled. What is
 * due has its turn by kind, and of each kind by migration, so that a pile of one kind, or of one migration, keeps nobody
 * else off the list; a migration in its cutover comes first. Those that are `glanced` at are not listed.
 */
export async function listClaimable(
  db: RawDb,
  { now, limit, glanced = NONE }: { now: Date; limit: number; glanced?: Glanced },
): Promise<ClaimableStep[]> {
  return db.$queryRaw<ClaimableStep[]>`
    WITH waiting AS MATERIALIZED (
      SELECT s.* FROM "MigrationStep" s WHERE s."dueAt" IS NULL AND ${FREE}
      UNION ALL
      SELECT s.* FROM "MigrationStep" s WHERE s."dueAt" <= ${now} AND ${FREE}
    ), due AS (
      SELECT s."id", s."kind", s."dueAt", s."ordinal", s."migrationId", m."cutover" IS NULL AS calm
      FROM waiting s ${OF_EACH} WHERE ${isGlanced(glanced, now)} IS NOT TRUE
    ), of_migration AS (
      SELECT *, row_number() OVER (PARTITION BY "kind", "migrationId" ORDER BY "dueAt" NULLS FIRST, "ordinal") AS own_turn
      FROM due
    ), turns AS (
      SELECT *, row_number() OVER (PARTITION BY "kind" ORDER BY calm, own_turn, "dueAt" NULLS FIRST, "ordinal") AS turn
      FROM of_migration
    ), listed AS (
      SELECT "id", "kind", "dueAt", row_number() OVER (ORDER BY turn, calm, "dueAt" NULLS FIRST, "ordinal") AS place
      FROM turns ORDER BY place LIMIT ${limit}
    ), later AS (
      SELECT next.*, ${limit + 1}::bigint AS place
      FROM unnest(ARRAY[${Prisma.join(RUNNABLE)}]) AS st("status"), LATERAL (
        SELECT s."id", s."kind", s."dueAt" FROM "MigrationStep" s
        WHERE s."status" = st."status" AND s."dueAt" > ${now} AND ${FREE} ORDER BY s."dueAt" LIMIT 1
      ) next ORDER BY next."dueAt" LIMIT 1
    )
    SELECT "id", "kind", "dueAt" FROM (SELECT * FROM listed UNION ALL SELECT * FROM later) steps ORDER BY place`;
}

/** False when the claim was lost: whoever runs the step must stop. */
export async function heartbeatStep(
  db: RawDb,
  input: { stepId: string; claim: string; progress?: Prisma.InputJsonObject | null },
): Promise<boolean> {
  const progress = input.progress ? JSON.stringify(input.progress) : null;
  const kept = await db.$executeRaw`
    UPDATE "MigrationStep" SET "heartbeatAt" = ${STORE_NOW}, "progress" = coalesce(${progress}::jsonb, "progress")
    WHERE "id" = ${input.stepId} AND "claimedBy" = ${input.claim}`;
  return kept === 1;
}

/**
 * Frees every claim: only where this process is known to be the store's one user (the embedded store's lock). Whoever had
 * them is gone.
 */
export async function releaseAllClaims(db: Db): Promise<number> {
  const freed = await db.migrationStep.updateMany({
    where: { claimedBy: { not: null } },
    data: { claimedBy: null, heartbeatAt: null, reclaims: { increment: 1 } },
  });
  return freed.count;
}

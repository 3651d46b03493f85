import { z } from "zod";
import { LONG_KINDS } from "@/lib/migration/long-kinds";
import { CLAIM_STALE_SECONDS, RUNNABLE } from "./claim-step";
import type { PrismaClient } from "./generated/client";

export interface StepCount {
  kind: string;
  status: string;
  steps: number;
}

/** What is asked of a store that answers. */
export interface Health {
  steps: StepCount[];
  /** How long the step that waits longest for a worker has been due, in seconds; 0 when none waits. */
  oldestDueSeconds: number;
  /** What all uploads under way send together, of all processes. */
  uploadBytesPerSecond: number;
}

/** A free worker takes what is due within a second; the sweep finds what was not told within a few. */
export const LATE_SECONDS = 60;

/** Written into the statement: an index of these alone is of no use to one that is told them. */
const RUNNABLE_SQL = RUNNABLE.map((status) => `'${status}'`).join(", ");

const Oldest = z.array(z.object({ seconds: z.number().nullable() }));
const Counts = z.array(z.object({ kind: z.string(), status: z.string(), steps: z.number() }));
const Rate = z.array(z.object({ rate: z.number().nullable() }));

/** A short query over migrations that are not over. Throws when the store does not answer. */
export async function readHealth(db: PrismaClient): Promise<Health> {
  const counts = await db.$queryRawUnsafe(
    `SELECT s."kind", s."status", count(*)::int AS steps
     FROM "MigrationStep" s JOIN "Migration" m ON m."id" = s."migrationId" AND m."status" NOT IN ('succeeded', 'cancelled')
     GROUP BY 1, 2`,
  );
  const sent = await db.$queryRawUnsafe(
    `SELECT sum((s."progress"->>'bytesPerSecond')::float8)::float8 AS rate
     FROM "MigrationStep" s WHERE s."status" = 'running' AND s."kind" = 'upload' AND s."claimedBy" IS NOT NULL`,
  );
  const oldestDueSeconds = await readOldestDueSeconds(db);
  const [rates] = Rate.parse(sent);
  return { steps: Counts.parse(counts), oldestDueSeconds, uploadBytesPerSecond: rates?.rate ?? 0 };
}

/**
 * Of `Health` what readiness is told by, asked every few seconds by whoever balances load: steps that wait, and no others, are looked at, by an index that
 * no volatile clock can be compared with. Steps of long kinds wait for one another: as long as somebody is at one of their kind, none of them is late.
 */
export async function readOldestDueSeconds(db: PrismaClient): Promise<number> {
  const oldest = await db.$queryRawUnsafe(
    `SELECT extract(epoch FROM (clock_timestamp() AT TIME ZONE 'UTC') - min(coalesce(s."dueAt", s."createdAt")))::float8 AS seconds
     FROM "MigrationStep" s JOIN "Migration" m ON m."id" = s."migrationId" AND m."status" <> 'cancelled'
     WHERE s."claimedBy" IS NULL
       AND ((s."dueAt" <= statement_timestamp() AT TIME ZONE 'UTC'
           AND s."status" IN (${RUNNABLE_SQL}))
         OR (s."dueAt" IS NULL AND s."status" = 'queued'))
       AND NOT (s."kind" = ANY($1::text[]) AND EXISTS (
         SELECT FROM "MigrationStep" o WHERE o."kind" = s."kind" AND o."status" = 'running' AND o."claimedBy" IS NOT NULL
           AND o."heartbeatAt" > (clock_timestamp() AT TIME ZONE 'UTC') - interval '${CLAIM_STALE_SECONDS} s'))`,
    [...LONG_KINDS],
  );
  const [first] = Oldest.parse(oldest);
  return Math.max(0, first?.seconds ?? 0);
}

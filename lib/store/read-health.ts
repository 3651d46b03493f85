import { z } from "zod";
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
}

/** A free worker takes what is due within a second; the sweep finds what was not told within a few. */
export const LATE_SECONDS = 60;

const Oldest = z.array(z.object({ seconds: z.number().nullable() }));

/** Two short queries over live migrations. Throws when the store does not answer. */
export async function readHealth(db: PrismaClient): Promise<Health> {
  const groups = await db.migrationStep.groupBy({ by: ["kind", "status"], _count: { _all: true } });
  const oldest = await db.$queryRawUnsafe(
    `SELECT extract(epoch FROM (clock_timestamp() AT TIME ZONE 'UTC') - min(coalesce(s."dueAt", s."createdAt")))::float8 AS seconds
     FROM "MigrationStep" s JOIN "Migration" m ON m."id" = s."migrationId" AND m."status" <> 'cancelled'
     WHERE s."claimedBy" IS NULL AND (s."dueAt" <= clock_timestamp() AT TIME ZONE 'UTC' OR (s."dueAt" IS NULL AND s."status" = 'queued'))
       AND s."status" IN ('queued', 'running', 'retrying', 'waiting_external', 'waiting_for_backup', 'waiting_for_user')`,
  );
  const [first] = Oldest.parse(oldest);
  return {
    steps: groups.map(({ kind, status, _count }) => ({ kind, status, steps: _count._all })),
    oldestDueSeconds: Math.max(0, first?.seconds ?? 0),
  };
}

import type { Phase } from "@/lib/migration/vocabulary/phase";
import type { Status } from "@/lib/migration/vocabulary/status";
import { Prisma } from "./generated/client";

/** Which calls and which migrations count: lib/once/count-imports.ts says it. */
interface Asked {
  calls: { kind: string; outcomes: readonly string[]; since: Date };
  /** Of one target. */
  subject: string;
  instanceId: string;
  migrations: { phase: Phase; over: readonly Status[] };
}

interface Counted {
  ofSubject: number;
  ofInstance: number;
  /** Of those migrations of the instance. */
  targets: (string | null)[];
}

/** Calls of every subject, with its instance, and targets of migrations that count, with theirs. */
interface AllCounted {
  calls: [instanceId: string | null, subject: string, calls: number][];
  targets: [instanceId: string | null, targetDatabase: string | null][];
}

/** Of all at once, of one moment, in one row: as rows of their own the calls of a thousand subjects take longer to take apart than to count. */
export async function countAllImports(
  db: Pick<Prisma.TransactionClient, "$queryRaw">,
  { calls, migrations }: Pick<Asked, "calls" | "migrations">,
): Promise<AllCounted> {
  const [counted] = await db.$queryRaw<[{ counted: string }]>`
    SELECT json_build_object('calls', (SELECT coalesce(json_agg(json_build_array(c."instanceId", c."subject", c."calls")), '[]') FROM (
        SELECT "instanceId", "subject", count(*)::int AS "calls" FROM "OnceCall"
        WHERE "kind" = ${calls.kind} AND "outcome" IN (${Prisma.join([...calls.outcomes])})
          AND "intendedAt" >= ${calls.since} GROUP BY "instanceId", "subject") c),
      'targets', (SELECT coalesce(json_agg(json_build_array("instanceId", "targetDatabase")), '[]') FROM "Migration"
        WHERE "phase" = ${migrations.phase} AND "status" NOT IN (${Prisma.join([...migrations.over])})))::text AS "counted"`;
  return JSON.parse(counted.counted) as AllCounted;
}

/** Calls of a subject and of its instance, and the targets of migrations there: of one moment, in one statement. */
export async function countImports(
  db: Pick<Prisma.TransactionClient, "$queryRaw">,
  { calls, subject, instanceId, migrations }: Asked,
): Promise<Counted> {
  const [counted] = await db.$queryRaw<[Counted]>`
    SELECT count(*) FILTER (WHERE "subject" = ${subject})::int AS "ofSubject",
      count(*) FILTER (WHERE "instanceId" = ${instanceId})::int AS "ofInstance",
      (SELECT coalesce(json_agg("targetDatabase"), '[]') FROM "Migration"
        WHERE "phase" = ${migrations.phase} AND "status" NOT IN (${Prisma.join([...migrations.over])})
        AND "instanceId" = ${instanceId}) AS "targets"
    FROM "OnceCall" WHERE "kind" = ${calls.kind} AND "outcome" IN (${Prisma.join([...calls.outcomes])})
      AND "intendedAt" >= ${calls.since} AND ("subject" = ${subject} OR "instanceId" = ${instanceId})`;
  return counted;
}

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

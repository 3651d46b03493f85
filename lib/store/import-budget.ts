import type { Prisma } from "./generated/client";

/** RDS takes 20 imports per database and instance a day (Alibaba's API quotas page). */
export const IMPORTS_PER_DAY = 20;

/**
 * Imports of this database that RDS accepted, or may have accepted, since midnight UTC. When RDS begins its day is not
 * documented: this is what is counted, not a promise.
 */
export async function countImportsToday(
  db: Pick<Prisma.TransactionClient, "importAttempt">,
  query: { instanceId: string; databaseName: string; now: Date },
): Promise<number> {
  const midnight = new Date(query.now);
  midnight.setUTCHours(0, 0, 0, 0);
  return db.importAttempt.count({
    where: {
      instanceId: query.instanceId,
      databaseName: query.databaseName,
      outcome: { in: ["accepted", "intended", "unknown"] },
      intendedAt: { gte: midnight },
    },
  });
}

import { importDayBegan } from "@/lib/migration/rds-limits";
import type { Prisma } from "./generated/client";

/**
 * Imports of this database that RDS accepted, or may have accepted, today: what is counted, not a promise.
 */
export async function countImportsToday(
  db: Pick<Prisma.TransactionClient, "importAttempt">,
  query: { instanceId: string; databaseName: string; now: Date },
): Promise<number> {
  return db.importAttempt.count({
    where: {
      instanceId: query.instanceId,
      databaseName: query.databaseName,
      outcome: { in: ["accepted", "intended", "unknown"] },
      intendedAt: { gte: importDayBegan(query.now) },
    },
  });
}

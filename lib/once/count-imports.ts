import { budgetDayStart, type ImportsUsed } from "@/lib/migration/import-budget";
import type { Prisma } from "@/lib/store/generated/client";
import { targetSubject } from "./once-effect";

type Db = Pick<Prisma.TransactionClient, "onceCall">;

/** What counts: calls that RDS accepted or may have accepted, whoever made them, from a migration or from the records. */
function countedSince(now: Date) {
  return {
    kind: "import",
    outcome: { in: ["accepted", "intended", "unknown"] },
    intendedAt: { gte: budgetDayStart(now) },
  } satisfies Prisma.OnceCallWhereInput;
}

/** Imports of today (UTC) into this database and into its instance altogether. */
export async function countImportsToday(
  db: Db,
  query: { instanceId: string; databaseName: string; now: Date },
): Promise<ImportsUsed> {
  const { instanceId, databaseName, now } = query;
  const counted = countedSince(now);
  const subject = targetSubject(instanceId, databaseName);
  const ofDatabase = await db.onceCall.count({ where: { ...counted, subject } });
  const ofInstance = await db.onceCall.count({ where: { ...counted, instanceId } });
  return { ofDatabase, ofInstance };
}

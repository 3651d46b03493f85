import type { ImportsUsed } from "@/lib/migration/import-budget";
import { importDayBegan } from "@/lib/migration/rds-limits";
import type { Prisma } from "@/lib/store/generated/client";
import { targetSubject } from "./once-effect";

type Db = Pick<Prisma.TransactionClient, "onceCall">;

/** What counts: calls that RDS accepted or may have accepted, whoever made them, from a migration or from the records. */
function countedSince(now: Date) {
  return {
    kind: "import",
    outcome: { in: ["accepted", "intended", "unknown"] },
    intendedAt: { gte: importDayBegan(now) },
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

/** The same for every database at once, in one question. */
export async function countAllImportsToday(
  db: Db,
  now: Date,
): Promise<(instanceId: string, databaseName: string) => ImportsUsed> {
  const rows = await db.onceCall.groupBy({
    by: ["instanceId", "subject"],
    where: countedSince(now),
    _count: { _all: true },
  });
  const bySubject = new Map(rows.map((row) => [row.subject, row._count._all]));
  const byInstance = new Map<string | null, number>();
  for (const { instanceId, _count } of rows)
    byInstance.set(instanceId, (byInstance.get(instanceId) ?? 0) + _count._all);
  return (instanceId, databaseName) => ({
    ofDatabase: bySubject.get(targetSubject(instanceId, databaseName)) ?? 0,
    ofInstance: byInstance.get(instanceId) ?? 0,
  });
}

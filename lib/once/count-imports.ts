import type { ImportsUsed } from "@/lib/migration/import-budget";
import { CUTOVER_IMPORTS, importDayBegan } from "@/lib/migration/rds-limits";
import type { Phase } from "@/lib/migration/vocabulary/phase";
import type { Status } from "@/lib/migration/vocabulary/status";
import type { Prisma } from "@/lib/store/generated/client";
import { targetSubject } from "./once-effect";

type Db = Pick<Prisma.TransactionClient, "onceCall" | "migration">;

/** What counts: calls that RDS accepted or may have accepted, whoever made them, from a migration or from the records. */
function countedSince(now: Date) {
  return {
    kind: "import",
    outcome: { in: ["accepted", "intended", "unknown"] },
    intendedAt: { gte: importDayBegan(now) },
  } satisfies Prisma.OnceCallWhereInput;
}

/** Writes stand still and the last log is not in: whatever else the instance takes today, these must not find it full. */
const CUTTING_OVER = {
  phase: "cutover" satisfies Phase,
  status: { notIn: ["succeeded", "cancelled"] satisfies Status[] },
} satisfies Prisma.MigrationWhereInput;

/** Nothing for one that is being cut over itself: it takes what there is. */
function promisedBeside(
  databaseName: string,
  cuttingOver: readonly { targetDatabase: string | null }[],
): number {
  const own = cuttingOver.some((one) => one.targetDatabase?.toLowerCase() === databaseName.toLowerCase());
  return own ? 0 : cuttingOver.length * CUTOVER_IMPORTS;
}

/** Imports of today (UTC) into this database and into its instance altogether. */
export async function countImportsToday(
  db: Db,
  query: { instanceId: string; databaseName: string; now: Date },
): Promise<ImportsUsed> {
  const { instanceId, databaseName, now } = query;
  const counted = countedSince(now);
  const subject = targetSubject(instanceId, databaseName);
  const rows = await db.onceCall.groupBy({
    by: ["instanceId", "subject"],
    where: { ...counted, OR: [{ subject }, { instanceId }] },
    _count: { _all: true },
  });
  const sumOf = (which: (row: (typeof rows)[number]) => boolean) =>
    rows.reduce((sum, row) => sum + (which(row) ? row._count._all : 0), 0);
  const cuttingOver = await db.migration.findMany({
    where: { ...CUTTING_OVER, instanceId },
    select: { targetDatabase: true },
  });
  return {
    ofDatabase: sumOf((row) => row.subject === subject),
    ofInstance: sumOf((row) => row.instanceId === instanceId),
    promised: promisedBeside(databaseName, cuttingOver),
  };
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
  const cuttingOver = await db.migration.findMany({
    where: CUTTING_OVER,
    select: { instanceId: true, targetDatabase: true },
  });
  return (instanceId, databaseName) => ({
    promised: promisedBeside(
      databaseName,
      cuttingOver.filter((one) => one.instanceId === instanceId),
    ),
    ofDatabase: bySubject.get(targetSubject(instanceId, databaseName)) ?? 0,
    ofInstance: byInstance.get(instanceId) ?? 0,
  });
}

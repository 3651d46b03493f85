import type { ImportsUsed } from "@/lib/migration/import-budget";
import { CUTOVER_IMPORTS, importDayBegan } from "@/lib/migration/rds-limits";
import type { Phase } from "@/lib/migration/vocabulary/phase";
import type { Status } from "@/lib/migration/vocabulary/status";
import { countAllImports, countImports } from "@/lib/store/count-imports";
import type { Prisma } from "@/lib/store/generated/client";
import { targetSubject } from "./once-effect";

type Db = Pick<Prisma.TransactionClient, "$queryRaw">;

/** What counts: calls that RDS accepted or may have accepted, whoever made them, from a migration or from the records. */
const COUNTED = { kind: "import", outcomes: ["accepted", "intended", "unknown"] };

/** Writes stand still and the last log is not in: whatever else the instance takes today, these must not find it full. */
const CUTTING_OVER = {
  phase: "cutover" satisfies Phase,
  over: ["succeeded", "cancelled"] satisfies Status[],
} as const;

/** Nothing for one that is being cut over itself: it takes what there is. */
function promisedBeside(databaseName: string, cuttingOver: readonly (string | null)[]): number {
  const own = cuttingOver.some((target) => target?.toLowerCase() === databaseName.toLowerCase());
  return own ? 0 : cuttingOver.length * CUTOVER_IMPORTS;
}

/** Imports of today (UTC) into this database and into its instance altogether. */
export async function countImportsToday(
  db: Db,
  { instanceId, databaseName, now }: { instanceId: string; databaseName: string; now: Date },
): Promise<ImportsUsed> {
  const { ofSubject, ofInstance, targets } = await countImports(db, {
    calls: { ...COUNTED, since: importDayBegan(now) },
    subject: targetSubject(instanceId, databaseName),
    instanceId,
    migrations: CUTTING_OVER,
  });
  return { ofDatabase: ofSubject, ofInstance, promised: promisedBeside(databaseName, targets) };
}

/** The same for every database at once, in one question. */
export async function countAllImportsToday(
  db: Db,
  now: Date,
): Promise<(instanceId: string, databaseName: string) => ImportsUsed> {
  const { calls, targets } = await countAllImports(db, {
    calls: { ...COUNTED, since: importDayBegan(now) },
    migrations: CUTTING_OVER,
  });
  const bySubject = new Map<string, number>();
  const byInstance = new Map<string | null, number>();
  for (const [instanceId, subject, count] of calls) {
    bySubject.set(subject, (bySubject.get(subject) ?? 0) + count);
    byInstance.set(instanceId, (byInstance.get(instanceId) ?? 0) + count);
  }
  const cuttingOver = new Map<string | null, (string | null)[]>();
  for (const [instanceId, target] of targets) {
    const there = cuttingOver.get(instanceId);
    if (there) there.push(target);
    else cuttingOver.set(instanceId, [target]);
  }
  return (instanceId, databaseName) => ({
    promised: promisedBeside(databaseName, cuttingOver.get(instanceId) ?? []),
    ofDatabase: bySubject.get(targetSubject(instanceId, databaseName)) ?? 0,
    ofInstance: byInstance.get(instanceId) ?? 0,
  });
}

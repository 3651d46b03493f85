import type { Tx } from "@/lib/context/context";
import { AppError } from "@/lib/diagnosis/app-error";
import { type Aftercare, NO_AFTERCARE } from "@/lib/migration/aftercare";
import type { SourceInventory } from "@/lib/migration/source-inventory";
import { peekStepData } from "@/lib/migration/step-definition";
import { DEFINITIONS } from "@/lib/plan/generated/definitions";
import type { PrismaClient } from "@/lib/store/generated/client";
import { type MigrationRow, readMigration, readStep } from "@/lib/store/typed-rows";

/** A migration whose database is online, with what its aftercare works on. */
export interface OnlineMigration {
  row: MigrationRow;
  kept: Aftercare;
  target: { instanceId: string; databaseName: string; connectionId: string };
}

/** Throws `not_found`, and `conflict`/`aftercare_too_early` before the database is online, or for a rehearsal. */
export async function loadOnline(db: PrismaClient | Tx, migrationId: string): Promise<OnlineMigration> {
  const found = await db.migration.findUnique({ where: { id: migrationId } });
  if (!found) throw new AppError("not_found", "migration_not_found");
  const row = readMigration(found);
  const { instanceId, targetDatabase: databaseName, cloudConnectionId: connectionId } = row;
  const isOnline = row.onlineAt !== null || row.phase === "online";
  if (!isOnline || row.rehearsal || instanceId === null || databaseName === null || connectionId === null)
    throw new AppError("conflict", "aftercare_too_early");
  return { row, kept: row.aftercare ?? NO_AFTERCARE, target: { instanceId, databaseName, connectionId } };
}

/** What was read of the source when writes were stopped; nulls where no step of that kind was, or it was not answered. */
export async function readAtStop(
  db: PrismaClient | Tx,
  migrationId: string,
): Promise<{ rowCounts: Record<string, number> | null; inventory: SourceInventory | null }> {
  const steps = await db.migrationStep.findMany({
    where: { migrationId, kind: "stop_writes", status: "succeeded" },
    orderBy: { ordinal: "desc" },
    take: 1,
  });
  const result = steps[0] ? peekStepData(DEFINITIONS.stop_writes, readStep(steps[0])).result : null;
  return { rowCounts: result?.rowCounts ?? null, inventory: result?.inventory ?? null };
}

/** Of all tables together; null where nobody counted. */
export function totalOf(rowCounts: Record<string, number> | null): { tables: number; rows: number } | null {
  return (
    rowCounts && {
      tables: Object.keys(rowCounts).length,
      rows: Object.values(rowCounts).reduce((sum, rows) => sum + rows, 0),
    }
  );
}

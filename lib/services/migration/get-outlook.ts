import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { OutlookView } from "@/lib/contracts/outlook";
import { AppError } from "@/lib/diagnosis/app-error";
import { NO_IMPORTS, tighterBudget } from "@/lib/migration/import-budget";
import { countImportsToday } from "@/lib/once/count-imports";
import { outlookOf } from "@/lib/plan/outlook";
import { proposeDifferential, waitingLogs } from "@/lib/plan/propose-differential";
import { snapshotOf } from "@/lib/plan/snapshot-of";
import { gapSecondsAt, targetDataOf } from "@/lib/plan/target-data";
import { slimMigration } from "@/lib/store/migration-rows";
import { readSlim } from "@/lib/store/packed-migrations";

/**
 * A migration that has started against its plan, and how the rest of it is foreseen. Throws `not_found`, and
 * `conflict`/`migration_not_started` for a draft.
 */
export async function getOutlook({ ctx, input }: Use<{ migrationId: string }>): Promise<OutlookView> {
  requireRole(ctx.actor, "viewer");
  const [found] = await readSlim(ctx.db, [input.migrationId]);
  if (!found) throw new AppError("not_found", "migration_not_found");
  const row = slimMigration(found);
  if (row.startedAt === null) throw new AppError("conflict", "migration_not_started");
  const now = ctx.now();
  const snapshot = snapshotOf(row);
  const timeFactor = row.sandbox ? (ctx.system.sandbox?.timeFactor ?? 1) : 1;
  const { instanceId, targetDatabase } = row;
  const imports =
    instanceId === null || targetDatabase === null
      ? NO_IMPORTS
      : await countImportsToday(ctx.db, { instanceId, databaseName: targetDatabase, now });
  const outlook = outlookOf(snapshot, {
    nowMs: now.getTime(),
    startedAtMs: row.startedAt.getTime(),
    gapSeconds: gapSecondsAt(targetDataOf(row.files), row.writesStoppedAt ?? now),
    checkMode: row.cutover?.checkMode ?? row.checkMode ?? "async",
    timeFactor,
    kept: row.plan,
  });
  const differential = proposeDifferential(snapshot, {
    waiting: waitingLogs(row),
    imports: tighterBudget(imports),
    nowMs: now.getTime(),
    timeFactor,
  });
  return { ...outlook, differential };
}

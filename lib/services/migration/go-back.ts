import type { Ctx } from "@/lib/context/context";
import { AppError } from "@/lib/diagnosis/app-error";
import { isOpenStep, type StepSnapshot } from "@/lib/migration/snapshot";
import { advanceMigration } from "@/lib/plan/advance-migration";
import { allowedActions } from "@/lib/plan/allowed-actions";
import { snapshotOf } from "@/lib/plan/snapshot-of";
import { appendEvents } from "@/lib/store/append-events";
import { Prisma } from "@/lib/store/generated/client";
import { loadMigration, type MigrationRows } from "@/lib/store/migration-rows";

/**
 * Undoes a cutover that has not been opened: no further step is taken, then the source is given back (recovered when
 * its tail was taken, open to all users). Every statement may be repeated, so a crash in between is mended by asking
 * again. After a recovery the source is on a new fork: the next differential or full must bridge it.
 */
export async function goBack({ ctx, migrationId }: { ctx: Ctx; migrationId: string }): Promise<void> {
  const row = await loadMigration(ctx.db, migrationId);
  if (!row) throw new AppError("not_found", "migration_not_found");
  if (!allowedActions(snapshotOf(row)).includes("go_back")) {
    throw new AppError("conflict", "action_not_allowed", { action: "go_back" });
  }
  // Only what the cutover began: a file that was in hand before it goes on.
  const open = snapshotOf(row).steps.filter((step) => isOpenStep(step) && isOfCutover(row, step));
  const busy = row.steps.find((step) => open.some((one) => one.id === step.id) && step.claimedBy !== null);
  if (busy && busy.kind === "backup") throw new AppError("conflict", "tail_backup_running");
  await ctx.db.migrationStep.updateMany({
    where: { id: { in: open.map((step) => step.id) } },
    data: { status: "cancelled", finishedAt: ctx.now(), claimedBy: null },
  });
  if (row.sourceConnectionId !== null && row.sourceDatabase !== null) {
    const source = await ctx.clients.source(row.sourceConnectionId);
    const database = await source.findDatabase(row.sourceDatabase);
    if (database?.state === "RESTORING") await source.recover(row.sourceDatabase);
    if (database && database.userAccess !== "MULTI_USER") await source.allowUsers(row.sourceDatabase);
  }
  await ctx.db.$transaction(async (tx) => {
    await tx.backupFile.updateMany({
      where: { migrationId, final: true, state: { not: "imported" } },
      data: { state: "skipped", final: false },
    });
    await tx.backupFile.updateMany({ where: { migrationId, final: true }, data: { final: false } });
    // A stop of writes that was undone must be done again by the next cutover.
    await tx.migrationStep.updateMany({
      where: { migrationId, kind: "stop_writes", status: "succeeded" },
      data: { status: "cancelled" },
    });
    await tx.migration.update({
      where: { id: migrationId },
      data: { cutover: Prisma.DbNull, writesStoppedAt: null },
    });
    await appendEvents(tx, {
      migrationId,
      actor: ctx.actor.name,
      at: ctx.now(),
      events: [{ type: "went_back", payload: {} }],
    });
    await advanceMigration(tx, { migrationId, now: ctx.now(), newId: ctx.newId });
  });
}

function isOfCutover(row: MigrationRows, step: StepSnapshot): boolean {
  if (step.round === null) return true;
  const isFinal = row.files.some((file) => file.id === step.fileId && file.final);
  return isFinal || step.aim?.final === true;
}

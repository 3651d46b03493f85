import { firstStep, plainRound } from "@/lib/migration/next-round";
import { isOpenStep, lastStep, nextRound } from "@/lib/migration/snapshot";
import { giveUpUnknownCalls } from "@/lib/once/settle-call";
import { addSteps } from "@/lib/plan/advance-migration";
import { snapshotOf } from "@/lib/plan/snapshot-of";
import { appendEvents } from "@/lib/store/append-events";
import type { ActionContext } from "./action-context";
import { clearTargetAlarms } from "./clear-target-alarms";

/**
 * The target takes no more files (opened, deleted, its task ended or forgotten): a new full backup begins a new chain, on a new
 * task, in the same record. What went into the old target is left out and was for nothing, its imports of today included; a
 * target of that name must be gone by then, which the check before the import tells. Calls that looking can settle stay open.
 */
export async function beginNewChain({ ctx, tx, row }: ActionContext): Promise<void> {
  const now = ctx.now();
  const snapshot = snapshotOf(row);
  const ended = snapshot.steps.filter(isOpenStep).map(({ id }) => id);
  await tx.migrationStep.updateMany({
    where: { id: { in: ended } },
    data: { status: "cancelled", finishedAt: now, claimedBy: null },
  });
  await giveUpUnknownCalls(tx, { migrationId: row.id, now });
  const files = row.files.filter(({ state }) => state === "imported" || state === "importing").length;
  await tx.backupFile.updateMany({
    where: { migrationId: row.id, state: { not: "skipped" } },
    data: { state: "skipped" },
  });
  await clearTargetAlarms({ ctx, tx, row });
  await tx.migration.update({
    where: { id: row.id },
    data: {
      rdsTaskId: null,
      targetLsn: null,
      targetBaseGuid: null,
      targetBaseLsn: null,
      targetForkGuid: null,
      targetFamilyGuid: null,
      targetListed: false,
    },
  });
  await addSteps(tx, {
    migrationId: row.id,
    newId: ctx.newId,
    ordinal: lastStep(snapshot.steps)?.ordinal ?? 0,
    steps: [firstStep(nextRound(snapshot.steps), plainRound(snapshot, "full"))],
  });
  await appendEvents(tx, {
    migrationId: row.id,
    actor: ctx.actor.name,
    at: now,
    events: [{ type: "chain_begun_anew", payload: { files, rdsTaskId: row.rdsTaskId } }],
  });
}

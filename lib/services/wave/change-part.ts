import type { Ctx, Tx } from "@/lib/context/context";
import { advanceMigration } from "@/lib/plan/advance-migration";
import { loadMigration, lockMigration } from "@/lib/store/migration-rows";
import { NO_PART, type WavePart } from "@/lib/wave/wave-rules";

/** Says something else to a member, and plans what follows from it. Nothing is written where it is what was said before. */
export async function changePart(
  ctx: Ctx,
  tx: Tx,
  { waveId, migrationId }: { waveId: string; migrationId: string },
  change: (part: WavePart) => WavePart,
): Promise<boolean> {
  await lockMigration(tx, migrationId);
  const row = await loadMigration(tx, migrationId);
  // Left out, or gone, since the look.
  if (row?.waveId !== waveId) return false;
  const before = row.wavePart ?? NO_PART;
  const after = change(before);
  if (JSON.stringify(after) === JSON.stringify(before)) return false;
  await tx.migration.updateMany({ where: { id: migrationId }, data: { wavePart: after } });
  // A paused upload looks seldom.
  if (before.paused && !after.paused) {
    await tx.migrationStep.updateMany({
      where: { migrationId, kind: "upload", status: { in: ["running", "retrying"] }, claimedBy: null },
      data: { dueAt: null },
    });
  }
  await advanceMigration(ctx, tx, migrationId);
  return true;
}

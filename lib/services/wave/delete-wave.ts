import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { AppError } from "@/lib/diagnosis/app-error";
import { removeDraft } from "@/lib/services/draft/delete-draft";
import { loadWave, lockWave } from "@/lib/store/wave-rows";

/** Removes a wave that has not begun, with its members' drafts. Throws `not_found`, `conflict`/`wave_has_begun`. */
export async function deleteWave({ ctx, input }: Use<{ waveId: string }>): Promise<void> {
  requireRole(ctx.actor, "operator");
  const { waveId } = input;
  await ctx.db.$transaction(async (tx) => {
    await lockWave(tx, waveId);
    const wave = await loadWave(tx, waveId);
    if (wave.startedAt !== null) throw new AppError("conflict", "wave_has_begun");
    const members = await tx.migration.findMany({ where: { waveId }, select: { id: true } });
    for (const { id } of members) await removeDraft(tx, id);
    await tx.wave.deleteMany({ where: { id: waveId } });
  });
}

import type { Tx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { AppError } from "@/lib/diagnosis/app-error";
import { loadDraft } from "@/lib/store/load-draft";

/** Removes a draft for good. What has begun is cancelled instead, and stays on record. */
export async function deleteDraft({ ctx, input }: Use<{ migrationId: string }>): Promise<void> {
  requireRole(ctx.actor, "operator");
  const { migrationId } = input;
  await ctx.db.$transaction(async (tx) => {
    await loadDraft(tx, migrationId);
    await removeDraft(tx, migrationId);
  });
}

/** The same in the caller's transaction. Throws `conflict` for what is no draft. */
export async function removeDraft(tx: Tx, migrationId: string): Promise<void> {
  // Takes the row's lock: a start at this moment waits, and then finds no draft.
  const held = await tx.migration.updateMany({
    where: { id: migrationId, status: "draft" },
    data: { version: { increment: 1 } },
  });
  if (held.count !== 1) throw new AppError("conflict", "migration_not_a_draft");
  await tx.migrationEvent.deleteMany({ where: { migrationId } });
  await tx.migrationProbe.deleteMany({ where: { migrationId } });
  await tx.migration.deleteMany({ where: { id: migrationId } });
}

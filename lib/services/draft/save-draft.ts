import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { MigrationDraft, type MigrationView } from "@/lib/contracts/migration";
import { AppError } from "@/lib/diagnosis/app-error";
import { getMigration } from "../migration/get-migration";
import { draftColumns } from "./draft-columns";
import { isSandboxDraft } from "./is-sandbox-draft";

/** Writes the wizard's whole state; the last writer wins. No event: a draft is not history yet. */
export async function saveDraft({
  ctx,
  input,
}: Use<{ migrationId: string; draft: MigrationDraft }>): Promise<MigrationView> {
  requireRole(ctx.actor, "operator");
  const { migrationId } = input;
  const draft = MigrationDraft.parse(input.draft);
  await ctx.db.$transaction(async (tx) => {
    const columns = draftColumns(draft, await isSandboxDraft(tx, draft));
    // Conditional: it may have been started in another window.
    const saved = await tx.migration.updateMany({
      where: { id: migrationId, status: "draft" },
      data: { ...columns, version: { increment: 1 } },
    });
    if (saved.count === 1) return;
    const exists = await tx.migration.count({ where: { id: migrationId } });
    if (exists === 0) throw new AppError("not_found", "migration_not_found");
    throw new AppError("conflict", "migration_not_a_draft");
  });
  return getMigration({ ctx, input: { migrationId } });
}

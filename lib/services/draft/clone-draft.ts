import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { MigrationDraft, type MigrationView } from "@/lib/contracts/migration";
import { AppError } from "@/lib/diagnosis/app-error";
import { createDraft } from "./create-draft";

/**
 * A new draft with the choices of a migration, whatever became of that: another database like it, or a cancelled one begun again.
 * What was of that one alone stays behind: its times, and the object that it began with. Throws `not_found`.
 */
export async function cloneDraft({ ctx, input }: Use<{ migrationId: string }>): Promise<MigrationView> {
  requireRole(ctx.actor, "operator");
  const row = await ctx.db.migration.findUnique({
    where: { id: input.migrationId },
    select: { draft: true },
  });
  if (!row) throw new AppError("not_found", "migration_not_found");
  const draft = MigrationDraft.parse(row.draft);
  return createDraft({
    ctx,
    input: {
      draft: {
        ...draft,
        firstObjectKey: null,
        writesStopped: false,
        plan: { ...draft.plan, startAt: null, cutoverAt: null },
        step: "review",
      },
    },
  });
}

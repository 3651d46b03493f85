import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { MigrationDraft, type MigrationView } from "@/lib/contracts/migration";
import { AppError } from "@/lib/diagnosis/app-error";
import { LONGEST_TARGET_NAME } from "@/lib/migration/target-name";
import { createDraft } from "./create-draft";

const SUFFIX = "_rehearsal";

/** The draft of the rehearsal of a draft: the same source and instance, under a name and in a folder that are thrown away. */
export function rehearsalDraft(draft: MigrationDraft): MigrationDraft {
  const name = draft.targetDatabase.trim().slice(0, LONGEST_TARGET_NAME - SUFFIX.length) + SUFFIX;
  return {
    ...draft,
    rehearsal: true,
    targetDatabase: name,
    // A watched folder of others holds the files that are rehearsed with; ours are kept apart from those of the real one.
    prefix: draft.backupBy === "app" ? `${draft.prefix.replace(/\/?$/, "")}${SUFFIX}/` : draft.prefix,
    method: "access_pending",
    schedule: { mode: "manual" },
    ticket: draft.ticket,
    plan: { ...draft.plan, startAt: null, cutoverAt: null },
    step: "review",
  };
}

/** Makes the draft of a rehearsal beside a draft, which stays as it is. Throws `not_found`, `conflict` for a started one. */
export async function rehearseDraft({ ctx, input }: Use<{ migrationId: string }>): Promise<MigrationView> {
  requireRole(ctx.actor, "operator");
  const row = await ctx.db.migration.findUnique({
    where: { id: input.migrationId },
    select: { draft: true, status: true },
  });
  if (!row) throw new AppError("not_found", "migration_not_found");
  if (row.status !== "draft") throw new AppError("conflict", "migration_not_a_draft");
  return createDraft({ ctx, input: { draft: rehearsalDraft(MigrationDraft.parse(row.draft)) } });
}

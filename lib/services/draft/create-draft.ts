import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { MigrationDraft, type MigrationView } from "@/lib/contracts/migration";
import { getMigration } from "../migration/get-migration";
import { insertDraft } from "./insert-draft";

/** A migration to be: nothing happens anywhere until it is started. */
export async function createDraft({
  ctx,
  input,
}: Use<{ draft?: MigrationDraft | undefined }>): Promise<MigrationView> {
  requireRole(ctx.actor, "operator");
  const draft = MigrationDraft.parse(input.draft ?? EMPTY_DRAFT);
  const migrationId = await ctx.db.$transaction((tx) => insertDraft(ctx, tx, draft));
  return getMigration({ ctx, input: { migrationId } });
}

import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { MigrationDraft, type MigrationView } from "@/lib/contracts/migration";
import { appendEvents } from "@/lib/store/append-events";
import { getMigration } from "../migration/get-migration";
import { draftColumns } from "./draft-columns";
import { isSandboxDraft } from "./is-sandbox-draft";

/** A migration to be: nothing happens anywhere until it is started. */
export async function createDraft({
  ctx,
  input,
}: Use<{ draft?: MigrationDraft | undefined }>): Promise<MigrationView> {
  requireRole(ctx.actor, "operator");
  const draft = MigrationDraft.parse(input.draft ?? EMPTY_DRAFT);
  const migrationId = ctx.newId();
  await ctx.db.$transaction(async (tx) => {
    await tx.migration.create({
      data: {
        id: migrationId,
        status: "draft",
        phase: "draft",
        createdBy: ctx.actor.name,
        createdAt: ctx.now(),
        ...draftColumns(draft, await isSandboxDraft(tx, draft)),
      },
    });
    await appendEvents(tx, {
      migrationId,
      actor: ctx.actor.name,
      at: ctx.now(),
      events: [{ type: "draft_created", payload: {} }],
    });
  });
  return getMigration({ ctx, input: { migrationId } });
}

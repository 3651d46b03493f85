import type { Ctx, Tx } from "@/lib/context/context";
import type { MigrationDraft } from "@/lib/contracts/migration";
import { appendEvents } from "@/lib/store/append-events";
import { draftColumns } from "./draft-columns";
import { isSandboxDraft } from "./is-sandbox-draft";

/** Writes a new draft and the first event of its record, in the caller's transaction. Returns its id. */
export async function insertDraft(
  ctx: Ctx,
  tx: Tx,
  draft: MigrationDraft,
  member: { waveId: string; wavePlace: number } | null = null,
): Promise<string> {
  const migrationId = ctx.newId();
  await tx.migration.create({
    data: {
      id: migrationId,
      status: "draft",
      phase: "draft",
      createdBy: ctx.actor.name,
      createdAt: ctx.now(),
      ...draftColumns(draft, await isSandboxDraft(tx, draft)),
      ...(member ?? {}),
    },
  });
  await appendEvents(tx, {
    migrationId,
    actor: ctx.actor.name,
    at: ctx.now(),
    events: [{ type: "draft_created", payload: {} }],
  });
  return migrationId;
}

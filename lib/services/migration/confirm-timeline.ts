import type { MigrationAction } from "@/lib/contracts/migration";
import { AppError } from "@/lib/diagnosis/app-error";
import { isSameTimeline } from "@/lib/migration/known-timelines";
import { appendEvents } from "@/lib/store/append-events";
import type { ActionContext } from "./action-context";

/**
 * A person says which timeline of the database is meant: from now on only its backups are acted upon. Throws
 * `not_found`/`timeline_unknown` for one that was not found among the files.
 */
export async function confirmTimeline(
  { ctx, tx, row }: ActionContext,
  { familyGuid, forkGuid }: Extract<MigrationAction, { type: "confirm_timeline" }>,
): Promise<void> {
  const found = row.timelines?.found ?? [];
  const chosen = found.find((timeline) => isSameTimeline(timeline, { familyGuid, forkGuid }));
  if (!chosen) throw new AppError("not_found", "timeline_unknown");
  const confirmed = { familyGuid, forkGuid, by: "person" as const, who: ctx.actor.name };
  await tx.migration.update({ where: { id: row.id }, data: { timelines: { found, confirmed } } });
  await appendEvents(tx, {
    migrationId: row.id,
    actor: ctx.actor.name,
    at: ctx.now(),
    events: [{ type: "timeline_confirmed", payload: { forkGuid, newestAt: chosen.newestAt, by: "person" } }],
  });
  // What waits for this decision looks at once.
  await tx.migrationStep.updateMany({
    where: { migrationId: row.id, status: "waiting_for_user" },
    data: { dueAt: null },
  });
}

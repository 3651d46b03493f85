import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { EventView } from "@/lib/contracts/event";
import { AppError } from "@/lib/diagnosis/app-error";
import { toEventView } from "./event-view";

/** How many events one answer holds; the caller asks again after the last `seq`. */
export const EVENT_PAGE = 1000;

/** Events of a migration after a `seq`, oldest first. */
export async function listEvents({
  ctx,
  input,
}: Use<{ migrationId: string; after: number }>): Promise<{ events: EventView[] }> {
  requireRole(ctx.actor, "viewer");
  const { migrationId, after } = input;
  const rows = await ctx.db.migrationEvent.findMany({
    where: { migrationId, seq: { gt: after } },
    orderBy: { seq: "asc" },
    take: EVENT_PAGE,
  });
  if (rows.length === 0 && (await ctx.db.migration.count({ where: { id: migrationId } })) === 0) {
    throw new AppError("not_found", "migration_not_found");
  }
  return { events: rows.map(toEventView) };
}

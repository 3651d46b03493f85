import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { WayBackLink } from "@/lib/contracts/way-back";
import { AppError } from "@/lib/diagnosis/app-error";
import { scopeOf } from "@/lib/services/scope/require-scope";
import { appendEvents } from "@/lib/store/append-events";
import { lockMigration } from "@/lib/store/migration-rows";
import { loadOnline } from "./load-aftercare";

/**
 * A link to download a backup of RDS's, as RDS signs it now: it goes to the person and is kept nowhere; that it was given is an event.
 * Throws `not_found`, `conflict`/`aftercare_too_early`, `validation` where RDS gives no link to it: of a snapshot.
 */
export async function giveWayBackLink({
  ctx,
  input,
}: Use<{ migrationId: string; backupId: string }>): Promise<WayBackLink> {
  requireRole(ctx.actor, "operator");
  const { migrationId, backupId } = input;
  const { row, target } = await loadOnline(ctx.db, migrationId);
  const { instanceId, databaseName, connectionId } = target;
  const rds = await ctx.clients.rds(connectionId);
  const sets = await rds.listBackups({
    instanceId,
    from: (row.onlineAt ?? row.createdAt).toISOString(),
    to: ctx.now().toISOString(),
  });
  const links = sets.find((set) => set.backupId === backupId)?.links ?? [];
  const isOurs = (name: string | null) => name?.toLowerCase() === databaseName.toLowerCase();
  // An archive of the whole instance is not for who is limited to some of its databases.
  const ofAll = scopeOf(ctx.actor) === null ? links.find(({ database }) => database === null) : undefined;
  const link = links.find(({ database }) => isOurs(database)) ?? ofAll;
  if (!link) {
    const wrong = { path: "backupId", reason: "field_not_allowed_value" };
    throw new AppError("validation", "invalid_input", {}, [wrong]);
  }
  await ctx.db.$transaction(async (tx) => {
    await lockMigration(tx, migrationId);
    await appendEvents(tx, {
      migrationId,
      actor: ctx.actor.name,
      at: ctx.now(),
      events: [{ type: "way_back_link_given", payload: { backupId } }],
    });
  });
  ctx.wake();
  return link;
}

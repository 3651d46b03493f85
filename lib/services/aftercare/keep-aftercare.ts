import type { Ctx } from "@/lib/context/context";
import { type Aftercare, NO_AFTERCARE } from "@/lib/migration/aftercare";
import type { NewEvent } from "@/lib/migration/vocabulary/events";
import { appendEvents } from "@/lib/store/append-events";
import { lockMigration } from "@/lib/store/migration-rows";
import { readMigration } from "@/lib/store/typed-rows";

/**
 * Changes what is kept of a migration's aftercare, with the facts that tell of it, under the migration's lock: of two at once neither
 * loses the other's. False: the migration is gone, or `change` answered null, and nothing is told.
 */
export async function keepAftercare(
  ctx: Ctx,
  migrationId: string,
  change: (kept: Aftercare) => Partial<Aftercare> | null,
  events: NewEvent[],
): Promise<boolean> {
  return ctx.db.$transaction(async (tx) => {
    await lockMigration(tx, migrationId);
    const row = await tx.migration.findUnique({ where: { id: migrationId } });
    if (!row) return false;
    const kept = readMigration(row).aftercare ?? NO_AFTERCARE;
    const changed = change(kept);
    if (changed === null) return false;
    await tx.migration.update({ where: { id: migrationId }, data: { aftercare: { ...kept, ...changed } } });
    await appendEvents(tx, { migrationId, actor: ctx.actor.name, at: ctx.now(), events });
    return true;
  });
}

import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { ArchiveInput } from "@/lib/contracts/archive";
import type { MigrationView } from "@/lib/contracts/migration";
import { AppError } from "@/lib/diagnosis/app-error";
import { appendEvents } from "@/lib/store/append-events";
import { lockMigration } from "@/lib/store/migration-rows";
import { getMigration } from "./get-migration";

const OVER: ReadonlySet<string> = new Set(["succeeded", "cancelled"]);

/**
 * Puts a migration that is over away, or brings it back: the home page does without it, and nothing of it is deleted. Throws
 * `not_found`, `conflict`/`archive_too_early` for one that may still go on.
 */
export async function archiveMigration({
  ctx,
  input,
}: Use<ArchiveInput & { migrationId: string }>): Promise<MigrationView> {
  requireRole(ctx.actor, "operator");
  const { migrationId, archived } = input;
  await ctx.db.$transaction(async (tx) => {
    await lockMigration(tx, migrationId);
    const row = await tx.migration.findUnique({ where: { id: migrationId } });
    if (!row) throw new AppError("not_found", "migration_not_found");
    if (!OVER.has(row.status)) throw new AppError("conflict", "archive_too_early");
    if ((row.archivedAt !== null) === archived) return;
    const at = ctx.now();
    await tx.migration.update({
      where: { id: migrationId },
      data: { archivedAt: archived ? at : null, version: { increment: 1 } },
    });
    await appendEvents(tx, {
      migrationId,
      actor: ctx.actor.name,
      at,
      events: [{ type: "archived", payload: { archived } }],
    });
  });
  return getMigration({ ctx, input: { migrationId } });
}

import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { DropRehearsalInput, type MigrationView } from "@/lib/contracts/migration";
import { AppError } from "@/lib/diagnosis/app-error";
import { type DropCallRequest, dropEffect, dropTarget } from "@/lib/once/drop-effect";
import { appendEvents } from "@/lib/store/append-events";
import { lockMigration } from "@/lib/store/migration-rows";
import { getMigration } from "../migration/get-migration";
import { isDroppable } from "../migration/is-droppable";
import { askOnce } from "./ask-once";

/**
 * Drops the database that a rehearsal made, and nothing else: only of a migration that is marked as one, whose database RDS
 * opened for it, with the database's name typed. Goes through lib/once, so that pressing twice, or again after a lost answer,
 * drops once. Throws `conflict`/`rehearsal_not_droppable`, `validation`/`name_does_not_match`,
 * `external_timeout`/`drop_outcome_unknown`, ExternalError for a plain refusal.
 */
export async function dropRehearsal({
  ctx,
  input,
}: Use<{ migrationId: string; drop: DropRehearsalInput }>): Promise<MigrationView> {
  requireRole(ctx.actor, "operator");
  const { migrationId } = input;
  const { confirmName } = DropRehearsalInput.parse(input.drop);
  const row = await ctx.db.migration.findUnique({ where: { id: migrationId } });
  if (!row) throw new AppError("not_found", "migration_not_found");
  const { instanceId, targetDatabase: databaseName, cloudConnectionId: connectionId } = row;
  if (!isDroppable(row) || instanceId === null || databaseName === null || connectionId === null) {
    throw new AppError("conflict", "rehearsal_not_droppable");
  }
  if (confirmName !== databaseName) {
    throw new AppError("validation", "name_does_not_match", { expected: databaseName }, [
      { path: "confirmName", reason: "field_not_allowed_value" },
    ]);
  }
  // The same name may have been given to a real migration since: then the database is that one's.
  const others = await ctx.db.migration.count({
    where: {
      instanceId,
      targetDatabase: { equals: databaseName, mode: "insensitive" },
      id: { not: migrationId },
      startedAt: { gt: row.createdAt },
    },
  });
  if (others > 0) throw new AppError("conflict", "rehearsal_not_droppable");
  const request: DropCallRequest = { instanceId, databaseName };
  await askOnce(ctx, dropEffect, {
    target: dropTarget(request, { connectionId, migrationId, stepId: null }),
    unknown: () => new AppError("external_timeout", "drop_outcome_unknown", { database: databaseName }),
    prepare: async () => request,
  });
  const now = ctx.now();
  await ctx.db.$transaction(async (tx) => {
    await lockMigration(tx, migrationId);
    const dropped = await tx.migration.updateMany({
      where: { id: migrationId, droppedAt: null },
      data: { droppedAt: now },
    });
    if (dropped.count === 0) return;
    await appendEvents(tx, {
      migrationId,
      actor: ctx.actor.name,
      at: now,
      events: [{ type: "rehearsal_dropped", payload: { database: databaseName } }],
    });
  });
  return getMigration({ ctx, input: { migrationId } });
}

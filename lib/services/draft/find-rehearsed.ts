import type { Ctx } from "@/lib/context/context";
import type { Rehearsed } from "@/lib/contracts/kept-plan";
import type { MigrationDraft } from "@/lib/contracts/migration";
import { measuredRounds } from "@/lib/plan/measured-rounds";
import { snapshotOf } from "@/lib/plan/snapshot-of";
import { slimMigration } from "@/lib/store/migration-rows";
import { readSlim } from "@/lib/store/packed-migrations";

/**
 * What the newest rehearsal of this database on this instance showed; null: there was none that came online. A rehearsal does
 * not learn from another: it is there to measure.
 */
export async function findRehearsed(
  ctx: Pick<Ctx, "db">,
  draft: Pick<MigrationDraft, "rehearsal" | "sourceConnectionId" | "sourceDatabase" | "instanceId">,
): Promise<Rehearsed | null> {
  const { sourceConnectionId, sourceDatabase, instanceId } = draft;
  if (draft.rehearsal || sourceDatabase === null || instanceId === null) return null;
  const newest = await ctx.db.migration.findFirst({
    where: { rehearsal: true, sourceConnectionId, sourceDatabase, instanceId, onlineAt: { not: null } },
    orderBy: { onlineAt: "desc" },
    select: { id: true },
  });
  const [found] = newest ? await readSlim(ctx.db, [newest.id]) : [];
  if (found?.onlineAt == null) return null;
  const row = slimMigration(found);
  const asked = row.steps.find(({ kind, status }) => kind === "open" && status === "succeeded")?.startedAt;
  if (!asked) return null;
  return {
    migrationId: row.id,
    at: found.onlineAt.toISOString(),
    openSeconds: Math.max(0.001, (found.onlineAt.getTime() - asked.getTime()) / 1_000),
    rounds: measuredRounds(snapshotOf(row)),
  };
}

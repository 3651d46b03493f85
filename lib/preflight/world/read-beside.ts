import type { Ctx } from "@/lib/context/context";
import { KeptPlan } from "@/lib/contracts/kept-plan";
import { MigrationDraft } from "@/lib/contracts/migration";
import { RESERVED_IMPORTS } from "@/lib/migration/rds-limits";

/** What other migrations that are under way to an instance are about to take of it. */
export interface BesideOnInstance {
  count: number;
  /** Of its disk, by the sizes of those whose databases are not restored yet. */
  bytes: number;
  /** Imports of today that are kept for them. */
  imports: number;
}

const NOBODY: BesideOnInstance = { count: 0, bytes: 0, imports: 0 };
const OVER = ["draft", "cancelling", "cancelled", "succeeded"];

/**
 * Sums up the others on an instance, by our own rows alone. Nobody for a member of a wave: that one counts them itself, and holds the
 * member back for as long as they need the room. What another version wrote is not counted.
 */
export async function readBeside(
  ctx: Ctx,
  instanceId: string,
  migrationId: string | null,
): Promise<BesideOnInstance> {
  const own =
    migrationId === null
      ? null
      : await ctx.db.migration.findUnique({ where: { id: migrationId }, select: { waveId: true } });
  if (own !== null && own.waveId !== null) return NOBODY;
  const rows = await ctx.db.migration.findMany({
    where: { instanceId, status: { notIn: OVER }, onlineAt: null },
    select: { id: true, targetLsn: true, draft: true, plan: true },
  });
  const others = rows.filter(({ id }) => id !== migrationId);
  const toCome = others.filter(({ targetLsn }) => targetLsn === null);
  return {
    count: others.length,
    bytes: toCome.reduce((sum, row) => sum + (bytesOf(row) ?? 0), 0),
    imports: others.length * RESERVED_IMPORTS,
  };
}

/** Of its database; null: nobody knows. */
function bytesOf({ plan, draft }: { plan: unknown; draft: unknown }): number | null {
  const planned = KeptPlan.safeParse(plan).data?.base.databaseBytes;
  return planned ?? MigrationDraft.safeParse(draft).data?.plan.databaseBytes ?? null;
}

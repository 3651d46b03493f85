import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { MigrationSummaryView } from "@/lib/contracts/migration-list";
import { NO_IMPORTS } from "@/lib/migration/import-budget";
import { countAllImportsToday } from "@/lib/once/count-imports";
import { OPEN_ALARMS, SLIM_FILE } from "@/lib/store/migration-rows";
import { toMigrationSummary } from "./migration-view";

/** All migrations, newest first. */
export async function listMigrations({
  ctx,
}: Use<Record<string, never>>): Promise<{ migrations: MigrationSummaryView[]; serverNow: string }> {
  requireRole(ctx.actor, "viewer");
  const now = ctx.now();
  const rows = await ctx.db.migration.findMany({
    orderBy: { createdAt: "desc" },
    take: 500,
    include: {
      steps: { orderBy: { ordinal: "asc" } },
      files: { orderBy: { createdAt: "asc" }, omit: SLIM_FILE },
      alarms: OPEN_ALARMS,
      source: { select: { name: true } },
    },
  });
  const importsUsed = await countAllImportsToday(ctx.db, now);
  const migrations: MigrationSummaryView[] = [];
  for (const row of rows) {
    const { instanceId, targetDatabase } = row;
    const counted = row.startedAt !== null && instanceId !== null && targetDatabase !== null;
    const importsToday = counted ? importsUsed(instanceId, targetDatabase) : NO_IMPORTS;
    migrations.push(toMigrationSummary({ row, importsToday, now }));
  }
  return { migrations, serverNow: now.toISOString() };
}

import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { MigrationListView } from "@/lib/contracts/migration-list";
import { NO_IMPORTS } from "@/lib/migration/import-budget";
import { countAllImportsToday } from "@/lib/once/count-imports";
import { AIMED_KINDS, OBJECTING_KINDS } from "@/lib/plan/step-definitions";
import { WITH_ALARMS } from "@/lib/store/migration-rows";
import { packFiles, packSteps, unpackFiles, unpackSteps } from "@/lib/store/packed-rows";
import { unreadableIn } from "@/lib/store/read-column";
import { readAlarm, readMigration } from "@/lib/store/typed-rows";
import { toMigrationSummary } from "./migration-view";

/**
 * All migrations, newest first, in as many statements however many there are, each with one row a migration; those that
 * another version wrote in its own way are named apart.
 */
export async function listMigrations({ ctx }: Use<Record<string, never>>): Promise<MigrationListView> {
  requireRole(ctx.actor, "viewer");
  const now = ctx.now();
  const timeFactor = ctx.system.sandbox?.timeFactor ?? 1;
  const rows = await ctx.db.migration.findMany({
    orderBy: { createdAt: "desc" },
    take: 500,
    include: { ...WITH_ALARMS, source: { select: { name: true } } },
  });
  const ids = rows.map(({ id }) => id);
  const steps = await packSteps(ctx.db, ids, { inputOf: AIMED_KINDS, resultOf: OBJECTING_KINDS });
  const files = await packFiles(ctx.db, ids);
  const importsUsed = await countAllImportsToday(ctx.db, now);
  const list: MigrationListView = { migrations: [], unreadable: [], serverNow: now.toISOString() };
  for (const row of rows) {
    const { instanceId, targetDatabase } = row;
    const counted = row.startedAt !== null && instanceId !== null && targetDatabase !== null;
    const importsToday = counted ? importsUsed(instanceId, targetDatabase) : NO_IMPORTS;
    try {
      const read = {
        ...readMigration(row),
        source: row.source,
        steps: unpackSteps(steps, row.id),
        files: unpackFiles(files, row.id),
        alarms: row.alarms.map(readAlarm),
      };
      list.migrations.push(toMigrationSummary({ row: read, importsToday, now, timeFactor }));
    } catch (error) {
      const at = unreadableIn(error);
      if (!at) throw error;
      list.unreadable.push({ id: row.id, name: row.name, at });
    }
  }
  return list;
}

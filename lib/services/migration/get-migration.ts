import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { MigrationView } from "@/lib/contracts/migration";
import { AppError } from "@/lib/diagnosis/app-error";
import { NO_IMPORTS } from "@/lib/migration/import-budget";
import { countImportsToday } from "@/lib/once/count-imports";
import { slimMigration } from "@/lib/store/migration-rows";
import { readShown } from "@/lib/store/packed-migrations";
import { toMigrationView } from "./migration-view";

/** One migration with everything its page shows. Throws `not_found`. */
export async function getMigration({ ctx, input }: Use<{ migrationId: string }>): Promise<MigrationView> {
  requireRole(ctx.actor, "viewer");
  const row = await readShown(ctx.db, input.migrationId);
  if (!row) throw new AppError("not_found", "migration_not_found");
  const { instanceId, targetDatabase } = row;
  const importsToday =
    instanceId === null || targetDatabase === null
      ? NO_IMPORTS
      : await countImportsToday(ctx.db, { instanceId, databaseName: targetDatabase, now: ctx.now() });
  return toMigrationView({
    row: { ...slimMigration(row), onceCalls: row.onceCalls, source: row.source },
    importsToday,
    now: ctx.now(),
    timeFactor: ctx.system.sandbox?.timeFactor ?? 1,
  });
}

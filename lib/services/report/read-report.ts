import type { Ctx, Use } from "@/lib/context/context";
import type { ReportView } from "@/lib/contracts/report";
import { NO_AFTERCARE } from "@/lib/migration/aftercare";
import { listPreflight } from "@/lib/preflight/list-preflight";
import { readMigration } from "@/lib/store/typed-rows";
import { readAtStop, totalOf } from "../aftercare/load-aftercare";
import { stepViews } from "../aftercare/step-views";
import { toEventView } from "../event/event-view";
import { getMigration } from "../migration/get-migration";
import { getOutlook } from "../migration/get-outlook";

/** All that the printed record of a migration says, a draft's too. Throws `not_found`. */
export async function readReport({ ctx, input }: Use<{ migrationId: string }>): Promise<ReportView> {
  const migration = await getMigration({ ctx, input });
  const rows = await ctx.db.migrationEvent.findMany({
    where: { migrationId: input.migrationId },
    orderBy: { seq: "asc" },
  });
  const { probes } = await listPreflight({ ctx, input });
  return {
    program: ctx.system.version,
    printedAt: ctx.now().toISOString(),
    migration,
    outlook: migration.startedAt === null ? null : await getOutlook({ ctx, input }),
    aftercare: await readAftercare(ctx, input.migrationId),
    probes,
    events: rows.map((row) => ({ ...toEventView(row), hash: row.hash })),
  };
}

async function readAftercare({ db }: Ctx, migrationId: string): Promise<ReportView["aftercare"]> {
  const found = await db.migration.findUnique({ where: { id: migrationId } });
  const row = found && readMigration(found);
  if (!row || row.rehearsal || (row.onlineAt === null && row.phase !== "online")) return null;
  const kept = row.aftercare ?? NO_AFTERCARE;
  const { counts, backup, revert, accounts } = kept;
  const sourceCounts = totalOf((await readAtStop(db, migrationId)).rowCounts);
  return { steps: stepViews(kept), counts, sourceCounts, backup, revert, accounts };
}

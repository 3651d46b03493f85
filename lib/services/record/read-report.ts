import type { Use } from "@/lib/context/context";
import type { ReportView } from "@/lib/contracts/report";
import { listPreflight } from "@/lib/preflight/list-preflight";
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
    probes,
    events: rows.map((row) => ({ ...toEventView(row), hash: row.hash })),
  };
}

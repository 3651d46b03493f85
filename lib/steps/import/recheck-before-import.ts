import { MigrationDraft } from "@/lib/contracts/migration";
import { PROBE_STEPS } from "@/lib/diagnosis/probe-ids";
import { probeDraft } from "@/lib/preflight/run-probes";
import { storeProbes } from "@/lib/preflight/store-probes";
import { CHECK_RUN_ID } from "@/lib/preflight/world/check-run";
import { judgeProbes } from "../preflight/judge-probes";
import type { Hold, StepRun } from "../step-run";

/** Answers of the preflight that are younger hold for the import too. */
const OLD_AFTER_MS = 5 * 60_000;
/** About taking the backup, which is done by now. */
const DONE_BY_NOW = /^(folder\.|backup\.|right\.|source\.(size|backup_running|reachable))/;

/**
 * Asks everything once more right before the first import, when hours of backup and upload lie behind the preflight.
 * Null: go on.
 */
export async function recheckBeforeImport(run: StepRun): Promise<Hold | null> {
  const { ctx, migration } = run;
  if (migration.rdsTaskId !== null || migration.files.some((file) => file.state === "imported")) return null;
  const migrationId = migration.id;
  const known = await ctx.db.migrationProbe.findMany({
    where: { migrationId, probeId: { not: CHECK_RUN_ID } },
    select: { probeId: true, verdict: true, at: true },
  });
  const ages = known
    .filter(({ probeId }) => probeId.startsWith("instance."))
    .map(({ at }) => ctx.now().getTime() - at.getTime());
  if (ages.length === 0) return null;
  // What blocked a minute ago is asked again, not forgotten: this may be the retry after it was mended, or was not.
  const blocks = known.some(({ probeId, verdict }) => verdict === "block" && !DONE_BY_NOW.test(probeId));
  if (!blocks && Math.max(...ages) < OLD_AFTER_MS) return null;
  const views = await probeDraft({
    ctx: run.unfenced,
    draft: MigrationDraft.parse(migration.draft),
    migrationId,
    steps: PROBE_STEPS,
    only: ({ id }) => !DONE_BY_NOW.test(id),
  });
  await storeProbes({ ctx: run.unfenced, migrationId, views, asked: [] });
  return judgeProbes(run, views);
}

import { MigrationDraft } from "@/lib/contracts/migration";
import { PROBE_STEPS } from "@/lib/diagnosis/probe-ids";
import { probeDraft } from "@/lib/services/draft/run-probes";
import { CHECK_RUN_ID } from "@/lib/services/preflight/check-run";
import { storeProbes } from "@/lib/services/preflight/store-probes";
import { type Outcome, ruleFailure, type StepRun } from "./step-run";

/** Answers of the preflight that are younger hold for the import too. */
const OLD_AFTER_MS = 5 * 60_000;
/** About taking the backup, which is done by now. */
const DONE_BY_NOW = /^(folder\.|backup\.|right\.|source\.(size|backup_running|reachable))/;

/**
 * Asks everything once more right before the first import, when hours of backup and upload lie behind the preflight.
 * Null: go on.
 */
export async function recheckBeforeImport(run: StepRun): Promise<Outcome | null> {
  const { ctx, migration } = run;
  if (migration.rdsTaskId !== null || migration.files.some((file) => file.state === "imported")) return null;
  const migrationId = migration.id;
  const newest = await ctx.db.migrationProbe.aggregate({
    where: { migrationId, probeId: { startsWith: "instance.", not: CHECK_RUN_ID } },
    _min: { at: true },
  });
  const at = newest._min.at;
  if (at === null || ctx.now().getTime() - at.getTime() < OLD_AFTER_MS) return null;
  const views = await probeDraft({
    ctx,
    draft: MigrationDraft.parse(migration.draft),
    migrationId,
    steps: PROBE_STEPS,
    only: ({ id }) => !DONE_BY_NOW.test(id),
  });
  const probes = await storeProbes({ ctx, migrationId, views, asked: [] });
  const blocked = probes.filter((probe) => probe.verdict === "block");
  const first = blocked[0];
  if (!first) return null;
  return {
    type: "failed",
    failure: ruleFailure("preflight_blocked", { probe: first.id, count: blocked.length }),
  };
}

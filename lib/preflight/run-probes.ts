import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { MigrationDraft, ProbeView } from "@/lib/contracts/migration";
import { PROBE_STEPS, type ProbeId, type ProbeStep } from "@/lib/diagnosis/probe-ids";
import { lookAtWorld } from "@/lib/preflight/world/probe-world";
import { loadChoices, loadDraft } from "@/lib/store/load-draft";
import { awaitAll } from "./probe/await-all";
import { backupProbes } from "./probe/backup-probes";
import { importProbes } from "./probe/import-probes";
import { type Probe, runProbe } from "./probe/probe";
import { sourceProbes } from "./probe/source-probes";
import { storeProbes } from "./store-probes";

/** Each probe's own limit. A system that does not answer makes its probes unknown, never the request fail. */
const PROBE_TIMEOUT_MS = 20_000;

/**
 * Looks at everything that a step of the wizard depends on, side by side. Only what the draft already names is probed:
 * a choice not made yet is a blocker, not a finding.
 */
export async function runProbes({
  ctx,
  input,
}: Use<{ migrationId: string; step: ProbeStep }>): Promise<{ probes: ProbeView[] }> {
  requireRole(ctx.actor, "operator");
  const { migrationId, step } = input;
  const draft = await loadDraft(ctx.db, migrationId);
  const views = await probeDraft({ ctx, draft, migrationId, steps: [step] });
  return { probes: await storeProbes({ ctx, migrationId, views, asked: [step] }) };
}

/** The same for choices at hand, without keeping the answers. Probes that share a question ask it once. */
export async function probeDraft(query: {
  ctx: Ctx;
  draft: MigrationDraft;
  steps: readonly ProbeStep[];
  /** For what was found out by other means: the CHECKDB that was run from here. */
  migrationId?: string;
  only?: (probe: Probe) => boolean;
}): Promise<ProbeView[]> {
  const { only } = query;
  const world = lookAtWorld(query.ctx, query.draft, query.migrationId ?? null);
  const all = query.steps.flatMap((step) => PROBES_OF_STEP[step](world));
  const probes = only ? all.filter(only) : all;
  return awaitAll(probes.map((probe) => runProbe(probe, query.ctx.now, PROBE_TIMEOUT_MS)));
}

/** Everything, or what `only` names, of a migration as it was set up. Throws `not_found`. */
export async function probeMigration(
  ctx: Ctx,
  migrationId: string,
  only?: (probe: Probe) => boolean,
): Promise<ProbeView[]> {
  const { draft } = await loadChoices(ctx.db, migrationId);
  return probeDraft({ ctx, draft, migrationId, steps: PROBE_STEPS, ...(only ? { only } : {}) });
}

const PROBES_OF_STEP: Record<ProbeStep, (world: ReturnType<typeof lookAtWorld>) => Probe<ProbeId>[]> = {
  source: sourceProbes,
  backup: backupProbes,
  import: importProbes,
};

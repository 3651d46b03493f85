import type { MigrationDraft, ProbeView } from "@/lib/contracts/migration";
import type { ProbeId, ProbeStep } from "@/lib/diagnosis/probe-ids";
import type { Ctx, Use } from "../context";
import { requireRole } from "../require-role";
import { loadDraft } from "./load-draft";
import { backupProbes } from "./probe/backup-probes";
import { importProbes } from "./probe/import-probes";
import { type Probe, runProbe } from "./probe/probe";
import { lookAtWorld } from "./probe/probe-world";
import { sourceProbes } from "./probe/source-probes";

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
  const draft = await loadDraft(ctx.db, input.migrationId);
  return { probes: await probeDraft({ ctx, draft, steps: [input.step] }) };
}

/** The same for choices at hand: the engine asks all of it again before anything is created. */
export async function probeDraft(query: {
  ctx: Ctx;
  draft: MigrationDraft;
  steps: ProbeStep[];
}): Promise<ProbeView[]> {
  const world = lookAtWorld(query.ctx, query.draft);
  const probes = query.steps.flatMap((step) => PROBES_OF_STEP[step](world));
  return Promise.all(probes.map((probe) => runProbe(probe, query.ctx.now, PROBE_TIMEOUT_MS)));
}

const PROBES_OF_STEP: Record<ProbeStep, (world: ReturnType<typeof lookAtWorld>) => Probe<ProbeId>[]> = {
  source: sourceProbes,
  backup: backupProbes,
  import: importProbes,
};

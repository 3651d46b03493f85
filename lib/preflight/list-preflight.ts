import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { PreflightView } from "@/lib/contracts/preflight";
import { PROBE_ORDER } from "@/lib/diagnosis/probe-ids";
import { loadCheckRun } from "@/lib/preflight/world/check-run";
import { loadChoices } from "@/lib/store/load-draft";
import { toProbeView } from "./store-probes";

/** The latest answer of each probe, in the order of the wizard. Asks nobody. Throws `not_found`. */
export async function listPreflight({ ctx, input }: Use<{ migrationId: string }>): Promise<PreflightView> {
  requireRole(ctx.actor, "viewer");
  const { migrationId } = input;
  await loadChoices(ctx.db, migrationId);
  const rows = await ctx.db.migrationProbe.findMany({ where: { migrationId } });
  const probes = rows
    .flatMap((row) => toProbeView(row) ?? [])
    .sort((a, b) => (PROBE_ORDER.get(a.id) ?? 0) - (PROBE_ORDER.get(b.id) ?? 0));
  return { probes, checkRun: await loadCheckRun(ctx, migrationId), serverNow: ctx.now().toISOString() };
}

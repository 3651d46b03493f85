import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { PreflightView } from "@/lib/contracts/preflight";
import { AppError } from "@/lib/diagnosis/app-error";
import { isProbeId, PROBE_STEPS } from "@/lib/diagnosis/probe-ids";
import { listPreflight } from "./list-preflight";
import { probeMigration } from "./run-probes";
import { storeProbes } from "./store-probes";

/**
 * Asks again, one probe or all of them, and returns the whole as it stands then. Throws `not_found`, and
 * `validation`/`probe_unknown` for an id that there is not.
 */
export async function runPreflight({
  ctx,
  input,
}: Use<{ migrationId: string; probe: string | null }>): Promise<PreflightView> {
  requireRole(ctx.actor, "operator");
  const { migrationId, probe } = input;
  if (probe !== null && !isProbeId(probe)) {
    throw new AppError("validation", "probe_unknown", { probe });
  }
  const views = await probeMigration(ctx, migrationId, ({ id }) => probe === null || id === probe);
  await storeProbes({ ctx, migrationId, views, asked: probe === null ? PROBE_STEPS : [] });
  return listPreflight({ ctx, input: { migrationId } });
}

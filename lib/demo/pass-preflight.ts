import type { Ctx } from "@/lib/context/context";
import { isUnanswered } from "@/lib/diagnosis/is-unanswered";
import { acceptWarning } from "@/lib/preflight/accept-warning";
import { runPreflight } from "@/lib/preflight/run-preflight";
import { blockingProbe, type DemoBlocker } from "./demo-blocker";

/** On a busy machine the first questions, for which every client is loaded, may come too late. */
const TRIES = 4;

/**
 * Asks everything, as the wizard does, and again what was not answered in time. Warnings are accepted, with a reason; what
 * blocks is returned, and nothing starts.
 */
export async function passPreflight(ctx: Ctx, migrationId: string): Promise<DemoBlocker | null> {
  const input = { migrationId, probe: null };
  let { probes } = await runPreflight({ ctx, input });
  for (let tries = 1; tries < TRIES && probes.some(({ failure }) => isUnanswered(failure)); tries += 1) {
    ({ probes } = await runPreflight({ ctx, input }));
  }
  const blocker = blockingProbe(probes);
  if (blocker !== null) return blocker;
  for (const { id, gist, verdict, accepted } of probes) {
    if (verdict !== "warn" || accepted !== null) continue;
    await acceptWarning({ ctx, input: { migrationId, probe: id, gist, reason: "a rehearsal" } });
  }
  return null;
}

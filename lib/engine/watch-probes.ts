import type { Ctx } from "@/lib/services/context";
import { findWatchDue, watchProbes } from "@/lib/services/preflight/watch-probes";

const LOOK_MS = 15_000;

/**
 * Asks the cheap probes of every migration under way again, at most once a minute each. One at a time: nobody waits for
 * it. Several processes may ask twice; the answers are the same.
 */
export function startProbeWatch(ctx: Ctx, everyMs: number = LOOK_MS): { stop(): Promise<void> } {
  const stopping = new AbortController();
  let looking: Promise<void> | null = null;
  const look = async (): Promise<void> => {
    for (const migrationId of await findWatchDue(ctx)) {
      if (stopping.signal.aborted) return;
      await watchProbes(ctx, migrationId);
    }
  };
  const timer = setInterval(() => {
    looking ??= look()
      .catch((error: unknown) => {
        if (!stopping.signal.aborted) ctx.log.error({ err: error }, "probe watch");
      })
      .finally(() => {
        looking = null;
      });
  }, everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      stopping.abort();
      await looking;
    },
  };
}

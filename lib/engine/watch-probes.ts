import type { Ctx } from "@/lib/context/context";
import { findWatchDue, watchProbes } from "@/lib/preflight/watch-probes";
import { unreadableIn } from "@/lib/store/read-column";
import { startWatch, type Watch } from "./start-watch";

const LOOK_MS = 15_000;

/**
 * Asks the cheap probes of every migration under way again, at most once a minute each. One at a time: nobody waits for
 * it. Several processes may ask twice; the answers are the same.
 */
export function startProbeWatch(ctx: Ctx): Watch {
  const look = async (signal: AbortSignal): Promise<void> => {
    for (const migrationId of await findWatchDue(ctx)) {
      if (signal.aborted) return;
      await watchProbes(ctx, migrationId).catch((error: unknown) => {
        if (!unreadableIn(error)) throw error;
        ctx.log.warn({ err: error, migrationId }, "probe watch: passed over");
      });
    }
  };
  return startWatch(look, LOOK_MS, (error) => ctx.log.error({ err: error }, "probe watch"));
}

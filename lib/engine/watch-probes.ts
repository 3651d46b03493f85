import type { Ctx } from "@/lib/context/context";
import { findWatchDue, watchProbes } from "@/lib/preflight/watch-probes";
import { unreadableIn } from "@/lib/store/read-column";
import type { Turns } from "./one-of-many";
import { startWatch, type Watch } from "./start-watch";

const LOOK_MS = 15_000;

/**
 * Asks the cheap probes of every migration under way again, at most once a minute each. One at a time: nobody waits for
 * it. Of several processes one asks.
 */
export function startProbeWatch(ctx: Ctx, turns: Pick<Turns, "alone">): Watch {
  const look = async (signal: AbortSignal): Promise<void> => {
    for (const migrationId of await findWatchDue(ctx)) {
      if (signal.aborted) return;
      await watchProbes(ctx, migrationId).catch((error: unknown) => {
        if (!unreadableIn(error)) throw error;
        ctx.log.warn({ err: error, migrationId }, "probe watch: passed over");
      });
    }
  };
  return startWatch(turns.alone("probes", LOOK_MS, look), LOOK_MS, (error) =>
    ctx.log.error({ err: error }, "probe watch"),
  );
}

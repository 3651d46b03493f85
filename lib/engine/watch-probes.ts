import { setTimeout as sleep } from "node:timers/promises";
import type { Ctx } from "@/lib/context/context";
import { shareAnswers } from "@/lib/preflight/share-answers";
import { findWatchDue, watchProbes } from "@/lib/preflight/watch-probes";
import { unreadableIn } from "@/lib/store/read-column";
import type { Turns } from "./one-of-many";
import { startWatch, type Watch } from "./start-watch";

const LOOK_MS = 15_000;
/** Migrations whose common questions are asked once. An answer must not grow old: of so many it is some seconds. */
const TOGETHER = 20;
/** A pause after each, so many times as long as it took: a thousand migrations may take a worker no more than a tenth of its time. */
const PAUSES = 9;

/**
 * Asks the cheap probes of every migration under way again, at most once a minute each. One at a time: nobody waits for
 * it. Of several processes one asks.
 */
export function startProbeWatch(ctx: Ctx, turns: Pick<Turns, "alone">): Watch {
  const look = async (signal: AbortSignal): Promise<void> => {
    let sharing = ctx;
    for (const [index, migrationId] of (await findWatchDue(ctx)).entries()) {
      if (signal.aborted) return;
      if (index % TOGETHER === 0) sharing = shareAnswers(ctx);
      const beganMs = performance.now();
      await watchProbes(sharing, migrationId).catch((error: unknown) => {
        if (!unreadableIn(error)) throw error;
        ctx.log.warn({ err: error, migrationId }, "probe watch: passed over");
      });
      await sleep(PAUSES * (performance.now() - beganMs), undefined, { signal }).catch(() => undefined);
    }
  };
  return startWatch(turns.alone("probes", LOOK_MS, look), LOOK_MS, (error) =>
    ctx.log.error({ err: error }, "probe watch"),
  );
}

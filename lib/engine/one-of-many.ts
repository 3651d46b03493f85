import type { Ctx } from "@/lib/context/context";
import type { Store } from "@/lib/store/store";
import { giveLeasesBack, takeLease } from "@/lib/store/watch-lease";

type Look = (signal: AbortSignal) => Promise<void>;

export interface Turns {
  /** The look, done by whoever of all workers has the lease of that name: two periods long, and at least `LEAST_MS`. */
  alone(name: string, everyMs: number, look: Look): Look;
  /** Before the process ends: another goes on at once. */
  giveBack(): Promise<void>;
}

/** A look may take longer than its period; one that outlasts its lease is done by two, which changes nothing but the load. */
const LEAST_MS = 30_000;

/**
 * What every worker would ask sources, RDS and the store is asked by one of them: two workers would ask twice, and be throttled as one
 * account. On the embedded store there is but one.
 */
export function oneOfMany({ ctx, store, holder }: { ctx: Ctx; store: Store; holder: string }): Turns {
  if (store.kind === "embedded")
    return { alone: (_name, _everyMs, look) => look, giveBack: () => Promise.resolve() };
  return {
    alone: (name, everyMs, look) => async (signal) => {
      const ms = Math.max(LEAST_MS, 2 * everyMs);
      if (await takeLease(ctx.db, { name, holder, ms })) await look(signal);
    },
    giveBack: () => giveLeasesBack(ctx.db, holder).catch(() => undefined),
  };
}

import { setTimeout as sleep } from "node:timers/promises";

export interface Watch {
  /** Begins no further look and waits for the one under way, ten seconds at most: what it would have found, another process finds. */
  stop(): Promise<void>;
}

/** As long as calls of sources and services take that are answered at all. */
const STOP_MS = 10_000;

/** Looks every `everyMs`, one look at a time: a slow one delays the next. `signal` says that it is to end. */
export function startWatch(
  look: (signal: AbortSignal) => Promise<void>,
  everyMs: number,
  onError: (error: unknown) => void,
): Watch {
  const stopping = new AbortController();
  let looking: Promise<void> | null = null;
  const timer = setInterval(() => {
    looking ??= look(stopping.signal)
      .catch((error: unknown) => {
        if (!stopping.signal.aborted) onError(error);
      })
      .finally(() => {
        looking = null;
      });
  }, everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      stopping.abort();
      if (looking === null) return;
      const ended = new AbortController();
      const late = sleep(STOP_MS, undefined, { signal: ended.signal }).catch(() => undefined);
      await Promise.race([looking, late]);
      ended.abort();
    },
  };
}

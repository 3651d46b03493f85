import { withDeadline } from "@/lib/context/deadline";

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
  let looking: { ended: Promise<void>; stopping: AbortController } | null = null;
  const begin = () => {
    // Of each look its own: what is joined to a signal leaves a trace at it for as long as it lives.
    const stopping = new AbortController();
    const ended = look(stopping.signal)
      .catch((error: unknown) => {
        if (!stopping.signal.aborted) onError(error);
      })
      .finally(() => {
        looking = null;
      });
    return { ended, stopping };
  };
  const timer = setInterval(() => {
    looking ??= begin();
  }, everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      if (looking === null) return;
      looking.stopping.abort();
      await withDeadline(looking.ended, STOP_MS).catch(() => undefined);
    },
  };
}

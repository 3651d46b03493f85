export interface Sweep {
  /** Sweeps now; during a sweep, once more after it. Never throws, never waits. */
  now(): void;
  /** Begins none any more and waits for the one under way. */
  stop(): Promise<void>;
}

/**
 * Sweeps at once, whenever it is told to, and by itself after as many milliseconds as the last sweep said, or `longestMs` after
 * one that failed or named a later time. Between the end of a sweep and the next are `shortestMs` at least, whoever tells it.
 */
export function startSweep(input: {
  sweep: () => Promise<number>;
  longestMs: number;
  shortestMs?: number;
  onError: (error: unknown) => void;
}): Sweep {
  const { sweep, longestMs, shortestMs = 0, onError } = input;
  let sweeping: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let endedMs = Number.NEGATIVE_INFINITY;
  const now = (): void => {
    if (stopped) return;
    if (sweeping) {
      again = true;
      return;
    }
    clearTimeout(timer);
    const leftMs = endedMs + shortestMs - performance.now();
    if (leftMs > 0) timer = setTimeout(now, leftMs);
    else sweeping = sweepOnce();
  };
  const sweepOnce = async (): Promise<void> => {
    again = false;
    const delay = await sweep().catch((error) => {
      onError(error);
      return longestMs;
    });
    endedMs = performance.now();
    sweeping = null;
    const nextMs = again ? 0 : Math.min(delay, longestMs);
    if (!stopped) timer = setTimeout(now, Math.max(nextMs, shortestMs));
  };
  now();
  return {
    now,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await sweeping;
    },
  };
}

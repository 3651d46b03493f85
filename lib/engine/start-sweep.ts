export interface Sweep {
  /** Sweeps now; during a sweep, once more after it. Never throws, never waits. */
  now(): void;
  /** Begins none any more and waits for the one under way. */
  stop(): Promise<void>;
}

/**
 * Sweeps at once, whenever it is told to, and by itself after as many milliseconds as the last sweep said, or `longestMs` after
 * one that failed or named a later time.
 */
export function startSweep(input: {
  sweep: () => Promise<number>;
  longestMs: number;
  onError: (error: unknown) => void;
}): Sweep {
  const { sweep, longestMs, onError } = input;
  let sweeping: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const now = (): void => {
    if (stopped) return;
    if (sweeping) {
      again = true;
      return;
    }
    clearTimeout(timer);
    sweeping = sweepUntilQuiet();
  };
  const sweepUntilQuiet = async (): Promise<void> => {
    let delay = longestMs;
    do {
      again = false;
      delay = await sweep().catch((error) => {
        onError(error);
        return longestMs;
      });
    } while (again && !stopped);
    sweeping = null;
    if (!stopped) timer = setTimeout(now, Math.min(Math.max(delay, 0), longestMs));
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

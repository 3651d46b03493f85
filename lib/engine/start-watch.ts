export interface Watch {
  /** Begins no further look and waits for the one under way. */
  stop(): Promise<void>;
}

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
      await looking;
    },
  };
}

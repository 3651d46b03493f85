import { type Histogram, monitorEventLoopDelay } from "node:perf_hooks";

export interface LoopDelay {
  /** Seconds by which something was late, of the last minute or two; `quantile` 1: the worst. */
  seconds(quantile: number): number;
  stop(): void;
}

/** Delays that are counted until it is disabled, in nanoseconds. */
type Watch = Pick<Histogram, "max" | "percentile"> & { disable(): unknown };

/** Longer than between two looks of Prometheus, or what happened between them would be seen by nobody. */
const WINDOW_MS = 60_000;
/** How often it looks; what it counts has this pause in it. */
const RESOLUTION_MS = 10;

/**
 * How long this process keeps others waiting now, and not since it started: of weeks a bad hour is nothing, and what a start took would stand there
 * for ever. Runs until it is stopped, and keeps no process alive.
 */
export function watchLoopDelay(windowMs: number = WINDOW_MS, watch: () => Watch = startWatch): LoopDelay {
  let [older, newer] = [watch(), watch()];
  const timer = setInterval(() => {
    older.disable();
    [older, newer] = [newer, watch()];
  }, windowMs);
  timer.unref();
  return {
    seconds: (quantile) => {
      const nanoseconds = quantile === 1 ? older.max : older.percentile(quantile * 100);
      return Math.max(0, nanoseconds / 1e9 - RESOLUTION_MS / 1000);
    },
    stop: () => {
      clearInterval(timer);
      older.disable();
      newer.disable();
    },
  };
}

function startWatch(): Watch {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  return histogram;
}

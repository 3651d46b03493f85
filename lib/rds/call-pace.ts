import { setTimeout as sleep } from "node:timers/promises";

/** Before which reading calls wait, and which is told of answers. Of one account, in every process that asks with it. */
export interface CallPace {
  /** Resolves when RDS may be asked. */
  free(): Promise<void>;
  answered(): void;
  /** `afterMs`: what RDS asks to wait, milliseconds; null: it says nothing. */
  throttled(afterMs: number | null): void;
}

/** Where processes tell one another of a pause. */
export interface SharedPause {
  /** Milliseconds; 0: none. */
  left(): Promise<number>;
  begin(ms: number): Promise<void>;
}

/** How long what was read of the store counts: a process that is not told asks once more, no more. */
const LOOKED_MS = 1_000;
const FIRST_MS = 500;
/** A cutover may be waiting for the answer. */
const LONGEST_MS = 8_000;
/** So many throttled answers in a row make the longest pause. */
const MOST_STRIKES = 5;
/** Processes that waited for the same instant do not ask all at once. */
const SPREAD_MS = 250;

/**
 * One pause for everybody: who is throttled keeps all processes from reading for half a second, and for twice as long each time in a row, as
 * long as RDS asks to wait at least, and at most eight seconds. What changes something is not for it: those calls are few, and were decided on.
 * A store that can't be asked holds nobody up.
 */
export function createCallPace(input: {
  shared: SharedPause;
  /** From 0 to 1. */
  random: () => number;
  now?: () => number;
  wait?: (ms: number) => Promise<unknown>;
}): CallPace {
  const { shared, random, now = () => performance.now(), wait = sleep } = input;
  let strikes = 0;
  let untilMs = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | null = null;
  let lookedMs = Number.NEGATIVE_INFINITY;
  const look = async (): Promise<void> => {
    const left = await shared.left().catch(() => 0);
    lookedMs = now();
    if (left > 0) untilMs = Math.max(untilMs, lookedMs + left);
  };
  return {
    free: async () => {
      if (now() - lookedMs >= LOOKED_MS) {
        looking ??= look().finally(() => {
          looking = null;
        });
        await looking;
      }
      const left = untilMs - now();
      if (left > 0) await wait(Math.min(left, LONGEST_MS) + random() * SPREAD_MS);
    },
    answered: () => {
      strikes = 0;
    },
    throttled: (afterMs) => {
      strikes = Math.min(strikes + 1, MOST_STRIKES);
      const ms = Math.min(LONGEST_MS, Math.max(afterMs ?? 0, FIRST_MS * 2 ** (strikes - 1)));
      untilMs = Math.max(untilMs, now() + ms);
      shared.begin(ms).catch(() => undefined);
    },
  };
}

import type { ExternalErrorFields } from "@/lib/diagnosis/external-error";

export type RetryDecision = { retry: true; afterMs: number } | { retry: false };

const CAP_MS = 60_000;

/**
 * Whether a step that failed this way runs again by itself, and when. `attempt` counts from 1. Throttling never
 * fails a step: it slows down. `baseMs` is the engine's unit of waiting.
 */
export function decideRetry(
  error: Pick<ExternalErrorFields, "kind" | "retryAfterMs">,
  attempt: number,
  baseMs: number,
): RetryDecision {
  const backoff = Math.min(CAP_MS, baseMs * 2 ** Math.min(attempt - 1, 8));
  switch (error.kind) {
    case "throttled":
      return { retry: true, afterMs: Math.max(error.retryAfterMs ?? 0, backoff) };
    case "timeout":
    case "unavailable":
      return attempt < 12 ? { retry: true, afterMs: backoff } : { retry: false };
    case "conflict":
      return attempt < 5 ? { retry: true, afterMs: backoff } : { retry: false };
    case "auth":
    case "forbidden":
    case "not_found":
    case "invalid":
    case "quota":
      return { retry: false };
  }
}

/** Tries that throttling may use up: those that remain are for failures of another kind. */
const THROTTLED_TRIES = 6;

/** How many tries count after a failure: being told to slow down, for hours if need be, exhausts nothing. */
export function attemptAfter(error: ExternalErrorFields, attempt: number): number {
  return error.kind === "throttled" ? Math.min(attempt, THROTTLED_TRIES) : attempt;
}

/** The pause before the n-th look at something that takes `ageMs` already: near at first, at most 15 bases. */
export function pollDelay(ageMs: number, baseMs: number): number {
  return Math.min(baseMs * 15, Math.max(baseMs, Math.round(ageMs / 10)));
}

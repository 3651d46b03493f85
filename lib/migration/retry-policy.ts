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

/** Of a wait that the source stands still for, where a look that comes later is downtime. */
const CRITICAL_LOOKS_A_BASE = 10;
const CRITICAL_SHARE = 1_800;
/** A store and a service that both are near are not to be kept busy by nothing else. */
const DENSEST_MS = 100;

/**
 * The same while writes are stopped: at one pace for some minutes (0.3 s apart at the usual base of 3 s), then an 1,800th of what
 * it has taken already, and never more seldom than otherwise.
 */
export function criticalPollDelay(ageMs: number, baseMs: number): number {
  const densest = Math.max(DENSEST_MS, Math.round(baseMs / CRITICAL_LOOKS_A_BASE));
  return Math.min(pollDelay(ageMs, baseMs), Math.max(densest, Math.round(ageMs / CRITICAL_SHARE)));
}

import { setTimeout as sleep } from "node:timers/promises";
import { isExternalError } from "@/lib/diagnosis/external-error";

export interface RetryOptions {
  /** How often the work is tried at most. */
  attempts: number;
  /** Doubled after each failure, with jitter, up to `longestDelayMs`; what OSS asks for comes first. */
  firstDelayMs: number;
  longestDelayMs: number;
  signal?: AbortSignal;
  onRetry?: (error: unknown) => void;
}

/** Runs `work` until it succeeds; goes on only after failures that pass by themselves. Throws the last failure. */
export async function retryCall<T>(work: () => Promise<T>, options: RetryOptions): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    options.signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      options.signal?.throwIfAborted();
      if (attempt >= options.attempts || !isTransient(error)) throw error;
      options.onRetry?.(error);
      await sleep(delayBefore(attempt, error, options), undefined, { signal: options.signal });
    }
  }
}

/** Lost or stuck connections, 5xx, time-outs, throttling, and a part that arrived with other bytes than were sent. */
export function isTransient(error: unknown): boolean {
  if (error instanceof Error && error.name === "SlowPartError") return true;
  if (!isExternalError(error)) return false;
  const { kind, providerCode } = error.fields;
  return (
    kind === "unavailable" ||
    kind === "timeout" ||
    kind === "throttled" ||
    providerCode === "ChecksumMismatch"
  );
}

function delayBefore(attempt: number, error: unknown, options: RetryOptions): number {
  const asked = isExternalError(error) ? (error.fields.retryAfterMs ?? 0) : 0;
  const grown = Math.min(options.longestDelayMs, options.firstDelayMs * 2 ** (attempt - 1));
  return Math.max(asked, grown * (0.5 + Math.random() / 2));
}

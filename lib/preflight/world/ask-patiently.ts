import { retryCall } from "@/lib/oss/retry-call";

/** A question that OSS has no time for is asked again: one 503 says nothing about a bucket. The SDK of RDS does so itself. */
export function askPatiently<T>(ask: () => Promise<T>): Promise<T> {
  return retryCall(ask, { attempts: 4, firstDelayMs: 150, longestDelayMs: 1_000 });
}

import type { ExternalErrorKind } from "@/lib/diagnosis/external-error";
import type { FailureFields } from "@/lib/diagnosis/failure-of";
import { isUnanswered } from "@/lib/diagnosis/is-unanswered";
import { pollDelay } from "@/lib/migration/retry-policy";
import type { MigrationStep } from "@/lib/store/generated/client";
import { ageMsOf, type Hold } from "./step-run";

/** Failures that tell nothing of what was asked about: nobody answered, or would not answer us. */
export const TELLS_NOTHING: ReadonlySet<ExternalErrorKind> = new Set([
  "auth",
  "forbidden",
  "throttled",
  "timeout",
  "unavailable",
  "conflict",
]);

/**
 * Asking went wrong, and only asking: nothing is decided by that. Who did not answer is asked again; what somebody must
 * mend (a right, an expired token) is shown until it is.
 */
export function waitForAnswer(
  step: Pick<MigrationStep, "startedAt" | "createdAt">,
  failure: FailureFields,
  at: { now: Date; baseMs: number },
): Hold {
  const afterMs = pollDelay(ageMsOf(step, at.now), at.baseMs);
  return isUnanswered(failure)
    ? { type: "wait", status: "retrying", afterMs, failure, attempt: 0 }
    : { type: "wait", status: "waiting_for_user", afterMs, failure };
}

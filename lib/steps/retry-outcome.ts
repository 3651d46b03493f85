import type { ExternalError } from "@/lib/diagnosis/external-error";
import { failureOf } from "@/lib/diagnosis/failure-of";
import { attemptAfter, decideRetry } from "@/lib/migration/retry-policy";
import type { NewEvent } from "@/lib/migration/vocabulary/events";
import type { StepRow } from "@/lib/store/typed-rows";
import type { Hold } from "./step-run";

/** What becomes of a step whose call was refused or could not be made: another try, each with its event, or the end. */
export function retryOutcome(
  step: Pick<StepRow, "kind" | "attempt">,
  error: ExternalError,
  baseMs: number,
): Hold {
  const { kind, attempt } = step;
  const { fields } = error;
  const failure = failureOf(error);
  const decision = decideRetry(fields, Math.max(1, attempt), baseMs);
  if (!decision.retry) return { type: "failed", failure };
  const { afterMs } = decision;
  const waitSeconds = Math.max(1, Math.ceil(afterMs / 1000));
  const event: NewEvent =
    fields.kind === "throttled"
      ? { type: "throttled", payload: { system: fields.system, waitSeconds } }
      : { type: "step_retrying", payload: { kind, attempt, reason: failure.reason, waitSeconds } };
  const counted = attemptAfter(fields, attempt);
  return { type: "wait", status: "retrying", afterMs, failure, events: [event], attempt: counted };
}

import type { ExternalError } from "@/lib/diagnosis/external-error";
import { failureOf } from "@/lib/diagnosis/failure-of";
import { attemptAfter, decideRetry, pollDelay } from "@/lib/migration/retry-policy";
import type { NewEvent } from "@/lib/migration/vocabulary/events";
import type { StepRow } from "@/lib/store/typed-rows";
import type { Hold } from "./step-run";

/** The instance is at something else (it restarts, is scaled, is being backed up): that ends by itself or by a person's hand. */
const BUSY: ReadonlySet<string> = new Set(["rds_instance_not_running", "rds_instance_locked"]);
const BUSY_CODES: ReadonlySet<string | null> = new Set([
  "BackupJobExists",
  "DbRestoring",
  "InvalidDBInstanceStatus.NotSupport",
  "OperationDenied.DBInstanceStatus",
]);

/**
 * What becomes of a step whose call was refused or could not be made: another try, each with its event, or the end. A
 * busy instance is waited for as long as it is, and shown. */
export function retryOutcome(
  step: Pick<StepRow, "kind" | "attempt" | "startedAt" | "createdAt">,
  error: ExternalError,
  { now: at, baseMs }: { now: Date; baseMs: number },
): Hold {
  const { kind, attempt } = step;
  const { fields } = error;
  const failure = failureOf(error);
  if (fields.system === "rds" && (BUSY.has(failure.reason) || BUSY_CODES.has(fields.providerCode))) {
    const afterMs = pollDelay(at.getTime() - (step.startedAt ?? step.createdAt).getTime(), baseMs);
    return { type: "wait", status: "waiting_external", afterMs, failure };
  }
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

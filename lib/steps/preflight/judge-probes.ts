import type { ProbeView } from "@/lib/contracts/migration";
import { isUnanswered } from "@/lib/diagnosis/is-unanswered";
import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import { decideRetry } from "@/lib/migration/retry-policy";
import type { Hold, StepRun } from "../step-run";

/** At the usual base of 3 s: three quarters of a minute. Somebody stands before the page and waits. */
const TRIES = 5;

/**
 * What the answers of all probes mean for the step: null when nothing blocks. A finding fails it; when somebody who must be
 * reached only did not answer in time, the step asks again by itself, and fails when nobody ever answers.
 */
export function judgeProbes(run: StepRun, probes: readonly ProbeView[]): Hold | null {
  const blocked = probes.filter((probe) => probe.verdict === "block");
  const [first] = blocked;
  if (!first) return null;
  const failed: Hold = {
    type: "failed",
    failure: ruleFailure("preflight_blocked", { probe: first.id, count: blocked.length }),
  };
  const { step, settings } = run;
  const { failure } = first;
  const attempt = Math.max(1, step.attempt);
  if (failure === null || attempt >= TRIES) return failed;
  if (!blocked.every((probe) => isUnanswered(probe.failure))) return failed;
  const decision = decideRetry({ kind: "timeout" }, attempt, settings.baseMs);
  if (!decision.retry) return failed;
  const waitSeconds = Math.max(1, Math.ceil(decision.afterMs / 1000));
  return {
    type: "wait",
    status: "retrying",
    afterMs: decision.afterMs,
    failure,
    events: [
      { type: "step_retrying", payload: { kind: step.kind, attempt, reason: failure.reason, waitSeconds } },
    ],
  };
}

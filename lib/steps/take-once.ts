import type { Tx } from "@/lib/context/context";
import type { ExternalError } from "@/lib/diagnosis/external-error";
import type { FailureFields } from "@/lib/diagnosis/failure-of";
import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import type { NewEvent } from "@/lib/migration/vocabulary/events";
import { type Called, callOnce } from "@/lib/once/call-once";
import type { CallHooks, OnceEffect, OnceTarget } from "@/lib/once/once-effect";
import { type Earlier, settleEarlier } from "@/lib/once/settle-earlier";
import type { OnceCall } from "@/lib/store/generated/client";
import { retryOutcome } from "./retry-outcome";
import { type Hold, type StepRun, standsStill, type Unknown } from "./step-run";
import { waitForAnswer } from "./wait-for-answer";

/** What one *once* step asks for. */
export interface OnceStep<Request extends object> {
  effect: OnceEffect<Request>;
  target: OnceTarget;
  /** The call's parameters, or why none is made now. Asked for only when no earlier call is open. */
  prepare: () => Promise<{ request: Request } | { outcome: Hold }>;
  /** Written together with the intent. */
  intended: NewEvent[];
  /** Committed with the intent. */
  along?: (tx: Tx) => Promise<void>;
  /** Told when a call was looked for and proved absent; without it the next call follows at once. */
  absent?: NewEvent;
  /** Told when the other side refused for good. */
  refused?: (error: ExternalError) => NewEvent;
  /** What is shown while an unanswered call is looked for. */
  looking: FailureFields;
  hooks?: CallHooks;
}

/**
 * Takes a step through the protocol of lib/once. Answers the accepted call, of this step or of an earlier one that still
 * stands, or the outcome by which the step goes on waiting, fails, or asks a person.
 */
export async function takeOnce<Request extends object>(
  run: StepRun,
  step: OnceStep<Request>,
): Promise<{ call: OnceCall } | { outcome: Hold | Unknown }> {
  const { settings } = run;
  const once = { ctx: run.unfenced, lookGraceMs: settings.lookGraceMs };
  const earlier = await settleEarlier(once, step.effect, step.target);
  if (earlier.state === "accepted") return { call: earlier.call };
  if (earlier.state === "absent" && step.absent) {
    return { outcome: { type: "wait", status: "retrying", afterMs: 0, events: [step.absent] } };
  }
  if (earlier.state !== "free" && earlier.state !== "absent")
    return { outcome: outcomeOfEarlier(run, step, earlier) };
  const prepared = await step.prepare();
  if ("outcome" in prepared) return prepared;
  // Nothing of it is written down yet: whoever comes next need not look for it.
  if (run.signal.aborted) throw new Error("The step was stopped before its call");
  const called = await callOnce(once, step.effect, {
    target: step.target,
    request: prepared.request,
    seenCalls: earlier.calls,
    commit: (write) =>
      run.commit(async (tx) => {
        await write(tx);
        await step.along?.(tx);
      }, step.intended),
    mayCall: run.holdsClaim,
    // A backup that is cut off is looked for by the next worker for longer than the last log takes.
    hooks: { signal: standsStill(run) ? run.cutOff : run.signal, ...step.hooks },
  });
  if (called.state === "accepted") return { call: called.call };
  // Stopped from outside: the step is left as it is to whoever comes next.
  if (run.signal.aborted) throw new Error("The step was stopped during its call");
  return { outcome: outcomeOfCall(run, step, called) };
}

function outcomeOfEarlier<Request extends object>(
  run: StepRun,
  { looking, target }: OnceStep<Request>,
  earlier: Extract<Earlier, { state: "waiting" | "unclear" }>,
): Hold | Unknown {
  if (earlier.state === "unclear") return { type: "unknown", failure: earlier.failure };
  const { baseMs } = run.settings;
  switch (earlier.why) {
    case "looking":
      return { type: "wait", status: "retrying", afterMs: baseMs, failure: looking, attempt: 0 };
    case "under_way":
      return { type: "wait", status: "running", afterMs: baseMs };
    case "other_call": {
      const failure = ruleFailure("other_call_open", { database: target.databaseName });
      return { type: "wait", status: "retrying", afterMs: baseMs, failure, attempt: 0 };
    }
    case "not_told":
      return waitForAnswer(run.step, earlier.failure ?? looking, { now: run.ctx.now(), baseMs });
  }
}

function outcomeOfCall<Request extends object>(
  run: StepRun,
  step: OnceStep<Request>,
  called: Exclude<Called, { state: "accepted" }>,
): Hold {
  const { baseMs } = run.settings;
  switch (called.state) {
    case "held":
      return { type: "wait", status: "waiting_external", afterMs: 60_000, failure: called.failure };
    case "not_called":
      return { type: "wait", status: "retrying", afterMs: baseMs, failure: step.looking, attempt: 0 };
    case "unanswered":
      return { type: "wait", status: "retrying", afterMs: baseMs, failure: called.failure };
    case "refused": {
      const outcome = retryOutcome(run.step, called.error, { now: run.ctx.now(), baseMs });
      return outcome.type === "failed" && step.refused
        ? { ...outcome, events: [step.refused(called.error)] }
        : outcome;
    }
  }
}

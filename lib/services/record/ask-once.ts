import type { Ctx } from "@/lib/context/context";
import { AppError } from "@/lib/diagnosis/app-error";
import type { FailureFields } from "@/lib/diagnosis/failure-of";
import { type Called, callOnce } from "@/lib/once/call-once";
import { LOOK_GRACE_MS } from "@/lib/once/look-grace";
import type { OnceEffect, OnceTarget } from "@/lib/once/once-effect";
import { settleEarlier } from "@/lib/once/settle-earlier";
import type { OnceCall } from "@/lib/store/generated/client";

/**
 * Something that a person asks for outside of a migration and that must not happen twice: through lib/once, with a look at
 * once where no answer came. Throws `unknown` as long as it can't be told whether it happened (asking again looks again),
 * `other_call_open` when another call of the same database is, a rule's reason when it allows no further call today,
 * ExternalError for a plain refusal.
 */
export async function askOnce<Request extends object>(
  ctx: Ctx,
  effect: OnceEffect<Request>,
  input: {
    target: OnceTarget;
    unknown: () => AppError;
    /** Checks and gathers what a new call needs. */
    prepare: () => Promise<Request>;
  },
): Promise<{ row: OnceCall; isNew: boolean }> {
  const { target, unknown, prepare } = input;
  const once = { ctx, lookGraceMs: LOOK_GRACE_MS };
  const earlier = await settleEarlier(once, effect, target);
  switch (earlier.state) {
    case "accepted":
      return { row: earlier.call, isNew: false };
    case "waiting":
      if (earlier.why === "other_call")
        throw new AppError("conflict", "other_call_open", { database: target.databaseName });
      throw unknown();
    case "unclear":
      throw unknown();
    case "free":
    case "absent":
  }
  const called = await callOnce(once, effect, {
    target,
    request: await prepare(),
    seenCalls: earlier.calls,
    commit: (write) => ctx.db.$transaction(write),
  });
  if (called.state === "accepted") return { row: called.call, isNew: true };
  if (called.state === "unanswered") {
    const look = await settleEarlier(once, effect, target);
    if (look.state === "accepted") return { row: look.call, isNew: true };
  }
  throw errorOf(called, unknown);
}

function heldError({ reason, params }: FailureFields): AppError {
  switch (reason) {
    case "imports_exhausted":
      return new AppError("precondition_failed", "imports_exhausted", params);
    case "instance_imports_promised":
      return new AppError("precondition_failed", "instance_imports_promised", params);
    default:
      return new AppError("precondition_failed", "instance_imports_exhausted", params);
  }
}

function errorOf(called: Exclude<Called, { state: "accepted" }>, unknown: () => AppError): Error {
  switch (called.state) {
    case "refused":
      return called.error;
    case "held":
      return heldError(called.failure);
    case "unanswered":
    case "not_called":
      return unknown();
  }
}

import type { Tx } from "@/lib/context/context";
import { type ExternalError, isExternalError } from "@/lib/diagnosis/external-error";
import { type FailureFields, failureOf } from "@/lib/diagnosis/failure-of";
import type { OnceCall, Prisma } from "@/lib/store/generated/client";
import type { CallHooks, OnceEffect, OnceTarget } from "./once-effect";
import { settleAccepted, settleUnhappened } from "./settle-call";
import type { Once } from "./settle-earlier";

/** Well under the engine's lease (15 s): a process that stood still for longer may have been given up for dead. */
const CALL_WITHIN_MS = 10_000;

export type Called =
  | { state: "accepted"; call: OnceCall }
  /** It did not happen, and the other side said why. */
  | { state: "refused"; error: ExternalError }
  /** A rule that counts calls does not allow another now: nothing was written. */
  | { state: "held"; failure: FailureFields }
  /** The call was made and may have happened: look. */
  | { state: "unanswered"; failure: FailureFields }
  /** Not called: another call of the subject is open, or this process stood still for too long. Look what there is. */
  | { state: "not_called" };

class NotTaken extends Error {
  constructor(readonly verdict: Called) {
    super(`The call was not taken: ${verdict.state}`);
  }
}

/**
 * Intent, call, answer: after `settleEarlier` said `free` or `absent`. The intent is committed before the call, at most one
 * for each subject; right before the call it is checked that nobody has begun to look for it and that `mayCall` (the
 * caller's claim) still holds. The answer is committed by itself at once. Throws what is no ExternalError; the intent then
 * stays, and the next who comes looks.
 */
export async function callOnce<Request extends object>(
  once: Once,
  effect: OnceEffect<Request>,
  input: {
    target: OnceTarget;
    request: Request;
    /** As `settleEarlier` counted them. */
    seenCalls: number;
    /** Runs `write` in a transaction of the caller's, whose own fence and events stand in the same one. */
    commit: (write: (tx: Tx) => Promise<void>) => Promise<void>;
    mayCall?: () => Promise<boolean>;
    hooks?: CallHooks;
    /** Milliseconds that never go back. */
    monotonicMs?: () => number;
  },
): Promise<Called> {
  const { ctx } = once;
  const { target, request, seenCalls, monotonicMs = () => performance.now() } = input;
  const id = ctx.newId();
  try {
    await input.commit((tx) => writeIntent(once, effect, { tx, id, target, request, seenCalls }));
  } catch (error) {
    if (error instanceof NotTaken) return error.verdict;
    throw error;
  }
  const begun = { monotonic: monotonicMs(), wall: ctx.now().getTime() };
  if (!(await mayStillCall(once, id)) || (input.mayCall && !(await input.mayCall())))
    return { state: "not_called" };
  const stoodStill = Math.max(monotonicMs() - begun.monotonic, ctx.now().getTime() - begun.wall);
  if (stoodStill > CALL_WITHIN_MS) return { state: "not_called" };
  const world = { db: ctx.db, clients: ctx.clients, connectionId: target.connectionId };
  try {
    const answer = await effect.call(world, request, input.hooks ?? {});
    return {
      state: "accepted",
      call: await settleAccepted(ctx.db, id, { by: "answer", ...answer, now: ctx.now() }),
    };
  } catch (error) {
    if (!isExternalError(error)) throw error;
    if (error.fields.mayHaveHappened) return { state: "unanswered", failure: failureOf(error) };
    await settleUnhappened(ctx.db, id, {
      outcome: "refused",
      settledBy: "answer",
      settledAt: ctx.now(),
      providerCode: error.fields.providerCode,
      requestId: error.fields.providerRequestId,
    });
    return { state: "refused", error };
  }
}

async function writeIntent<Request extends object>(
  { ctx }: Once,
  effect: OnceEffect<Request>,
  input: { tx: Tx; id: string; target: OnceTarget; request: Request; seenCalls: number },
): Promise<void> {
  const { tx, id, target, request, seenCalls } = input;
  const now = ctx.now();
  const failure = (await effect.admit?.(tx, request, now)) ?? null;
  if (failure) throw new NotTaken({ state: "held", failure });
  const written = await tx.onceCall.createMany({
    data: [
      {
        id,
        kind: effect.kind,
        ...target,
        request: request as Prisma.InputJsonObject,
        outcome: "intended",
        actor: ctx.actor.name,
        intendedAt: now,
      },
    ],
    skipDuplicates: true,
  });
  // Counted after the insert: whoever called in the meantime has committed by now, or kept this intent out.
  const calls = await tx.onceCall.count({ where: { subject: target.subject } });
  if (written.count !== 1 || calls !== seenCalls + 1) throw new NotTaken({ state: "not_called" });
}

/** Nobody has begun to look for it. */
async function mayStillCall({ ctx }: Once, callId: string): Promise<boolean> {
  const count = await ctx.db.onceCall.count({
    where: { id: callId, outcome: "intended", lookingSince: null },
  });
  return count === 1;
}

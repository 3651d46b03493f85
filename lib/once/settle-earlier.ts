import type { Ctx } from "@/lib/context/context";
import { UNFINISHED } from "@/lib/context/unfinished";
import { isAppError } from "@/lib/diagnosis/app-error";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { type FailureFields, failureOf } from "@/lib/diagnosis/failure-of";
import type { OnceCall, Prisma } from "@/lib/store/generated/client";
import { looksOf } from "./effects";
import type { Look, OnceLooks, OnceTarget, OnceWorld } from "./once-effect";
import { settleAccepted, settleUnhappened } from "./settle-call";

export interface Once {
  ctx: Ctx;
  /** How long the other side must show nothing before an unanswered call counts as absent, milliseconds. */
  lookGraceMs: number;
}

export type Earlier =
  /** Nothing stands in the way of a new call. `calls`: how many the subject has had, for `callOnce`. */
  | { state: "free"; calls: number }
  /** It has happened already; `call.settledBy` says how that is known. */
  | { state: "accepted"; call: OnceCall }
  /** Looked for its whole grace time: this call did not happen. A new one may be made. */
  | { state: "absent"; calls: number }
  /** Not to be told yet: ask again. `failure`: why the other side could not be asked. */
  | {
      state: "waiting";
      why: "looking" | "under_way" | "not_told" | "other_call";
      failure: FailureFields | null;
    }
  /** A person decides; the call is `unknown` until then. */
  | { state: "unclear"; failure: FailureFields };

/**
 * Settles every earlier call that a new one for `target` could double: those of the subject without an answer, by looking,
 * and those of the same item that were accepted, by asking whether they came to nothing. Never throws for what the other
 * side answers or does not answer: authorisation and outages are waited for.
 */
export async function settleEarlier(once: Once, looks: OnceLooks, target: OnceTarget): Promise<Earlier> {
  const { db } = once.ctx;
  const own =
    target.stepId === null
      ? null
      : await db.onceCall.findFirst({
          where: { stepId: target.stepId, kind: looks.kind, outcome: "accepted" },
          orderBy: { intendedAt: "desc" },
        });
  if (own) return { state: "accepted", call: own };
  // Before anything is looked at: a call that is made meanwhile is then one more than were seen.
  const calls = await db.onceCall.count({ where: { subject: target.subject } });
  const unsettled = await db.onceCall.findFirst({ where: { subject: target.subject, settledAt: null } });
  if (unsettled) {
    const verdict = await lookForUnsettled(once, looks, target, unsettled);
    if (verdict === "absent") return { state: "absent", calls };
    return verdict ?? settleEarlier(once, looks, target);
  }
  return (await askWhatStands(once, looks, target)) ?? { state: "free", calls };
}

/** Null: it was somebody else's and is settled now; look what else there is. */
async function lookForUnsettled(
  once: Once,
  looks: OnceLooks,
  target: OnceTarget,
  call: OnceCall,
): Promise<Exclude<Earlier, { state: "free" | "absent" }> | "absent" | null> {
  const { ctx } = once;
  const isOurs =
    call.kind === looks.kind && call.item === target.item && call.migrationId === target.migrationId;
  const itsLooks = isOurs ? looks : looksOf(call.kind);
  const now = ctx.now();
  // Whoever intended it sees this before calling, and does not call any more.
  if (call.lookingSince === null) await note(once, call.id, { lookingSince: now });
  const look = await lookPatiently(() => itsLooks.look(worldOf(once, target), call));
  switch (look.state) {
    case "found": {
      const { reference } = look;
      const settled = await settleAccepted(ctx.db, call.id, { by: "look", reference, requestId: null, now });
      return isOurs ? { state: "accepted", call: settled } : null;
    }
    case "not_told":
      if (call.unansweredSince === null) await note(once, call.id, { unansweredSince: now });
      return { state: "waiting", why: "not_told", failure: look.failure };
    case "under_way":
      await note(once, call.id, { lookingSince: now, unansweredSince: null });
      return { state: "waiting", why: "under_way", failure: null };
    case "absent":
      if (!(await isSilenceProof(once, call, itsLooks, now)))
        return { state: "waiting", why: isOurs ? "looking" : "other_call", failure: null };
      await settleUnhappened(ctx.db, call.id, { outcome: "absent", settledBy: "look", settledAt: now });
      return isOurs ? "absent" : null;
    case "unclear": {
      if (!isOurs && (await hasLiveOwner(once, call)))
        return { state: "waiting", why: "other_call", failure: look.failure };
      await ctx.db.onceCall.updateMany({
        where: { id: call.id, settledAt: null },
        data: { outcome: "unknown", ...(isOurs ? {} : { settledAt: now }) },
      });
      return isOurs ? look : null;
    }
  }
}

/**
 * Whether the other side has shown nothing for the whole grace time. Hours in which nobody could look do not count: the time
 * begins anew after them. A look now and then that is not answered does not make it begin anew, or it might never end.
 */
async function isSilenceProof(once: Once, call: OnceCall, looks: OnceLooks, now: Date): Promise<boolean> {
  const graceMs = looks.graceMs(once.lookGraceMs);
  const lasted = (since: Date | null) => (since === null ? 0 : now.getTime() - since.getTime());
  const wasAway = call.unansweredSince !== null && graceMs > 0 && lasted(call.unansweredSince) >= graceMs;
  if (call.unansweredSince !== null)
    await note(once, call.id, { unansweredSince: null, ...(wasAway ? { lookingSince: now } : {}) });
  return !wasAway && lasted(call.lookingSince) >= graceMs;
}

/** Of the same item: what was taken and has not failed since is not asked for again. Null: nothing of it stands. */
async function askWhatStands(
  once: Once,
  looks: OnceLooks,
  target: OnceTarget,
): Promise<Exclude<Earlier, { state: "free" | "absent" }> | null> {
  const { ctx } = once;
  const { subject, item, migrationId } = target;
  const earlier = await ctx.db.onceCall.findMany({
    where: { kind: looks.kind, subject, item, migrationId, outcome: { in: ["accepted", "unknown"] } },
    orderBy: { intendedAt: "desc" },
  });
  const now = ctx.now();
  for (const call of earlier) {
    const look = await lookPatiently(() => looks.stands(worldOf(once, target), call));
    switch (look.state) {
      case "found":
        return { state: "accepted", call: { ...call, reference: look.reference, settledBy: "look" } };
      case "not_told":
        return { state: "waiting", why: "not_told", failure: look.failure };
      case "under_way":
        return { state: "waiting", why: "under_way", failure: null };
      case "unclear":
        // Open again, so that a person's word has a row to settle.
        await ctx.db.onceCall.updateMany({
          where: { id: call.id },
          data: { outcome: "unknown", settledAt: null, stepId: target.stepId },
        });
        return look;
      case "absent": {
        // What was accepted a moment ago may not be listed yet.
        const age = now.getTime() - (call.settledAt ?? call.intendedAt).getTime();
        if (age < looks.graceMs(once.lookGraceMs)) return { state: "waiting", why: "looking", failure: null };
      }
    }
  }
  return null;
}

function worldOf({ ctx }: Once, target: OnceTarget): OnceWorld {
  return { db: ctx.db, clients: ctx.clients, connectionId: target.connectionId };
}

/** No answer, whatever the cause, tells nothing of the call: only that it can't be told now. */
async function lookPatiently(
  look: () => Promise<Look>,
): Promise<Look | { state: "not_told"; failure: FailureFields }> {
  try {
    return await look();
  } catch (error) {
    if (!isExternalError(error) && !isAppError(error)) throw error;
    return { state: "not_told", failure: failureOf(error) };
  }
}

async function note(
  { ctx }: Once,
  callId: string,
  data: Pick<Prisma.OnceCallUpdateManyMutationInput, "lookingSince" | "unansweredSince">,
): Promise<void> {
  await ctx.db.onceCall.updateMany({ where: { id: callId, settledAt: null }, data });
}

/** Whether somebody is there whom the call's outcome concerns: a migration under way. */
async function hasLiveOwner({ ctx }: Once, call: OnceCall): Promise<boolean> {
  if (call.migrationId === null) return false;
  const live = await ctx.db.migration.count({ where: { id: call.migrationId, status: UNFINISHED } });
  return live > 0;
}

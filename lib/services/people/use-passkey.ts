import type { Ctx, Tx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { PasskeyAnswer, PasskeyRequest } from "@/lib/contracts/passkey";
import { AppError } from "@/lib/diagnosis/app-error";
import type { Passkey } from "@/lib/store/generated/client";
import { countFailure, requireNotBlocked } from "./count-failures";
import { noteAct } from "./note-act";
import { type OpenedSession, openSession } from "./open-session";
import {
  attemptOver,
  beginAttempt,
  placeIfAny,
  placeOf,
  readAttempt,
  spendChallenge,
} from "./passkey-attempt";
import { descriptorOf, handleOf } from "./passkeys";
import { PASSKEY_MS } from "./session-limits";
import { ownSession } from "./sessions";

interface Begun {
  request: PasskeyRequest;
  /** For the browser's cookie. */
  attempt: string;
}

/** Whether there is anybody who could come in by a passkey under the address of whoever asks. */
export async function hasPasskeys({ ctx }: { ctx: Ctx }): Promise<boolean> {
  const place = placeIfAny(ctx);
  if (place === null) return false;
  return (await ctx.db.passkey.findFirst({ where: { host: place.host }, select: { id: true } })) !== null;
}

/** What the browser of somebody who wants to come in signs: whose passkey it is, it says itself. Throws `passkey_not_here`. */
export function beginPasskeySignIn({ ctx }: { ctx: Ctx }): Begun {
  return begun(ctx, "sign_in", []);
}

/** The same of who is signed in, to show once more who they are. Throws `passkey_not_here`, `passkey_not_found`. */
export async function beginPasskeyProof({ ctx }: { ctx: Ctx }): Promise<Begun> {
  requireRole(ctx.actor, "viewer");
  const where = { personId: ctx.actor.id, host: placeOf(ctx).host };
  const own = await ctx.db.passkey.findMany({ where });
  if (own.length === 0) throw new AppError("not_found", "passkey_not_found");
  return begun(ctx, "proof", own);
}

function begun(ctx: Ctx, purpose: "sign_in" | "proof", own: readonly Passkey[]): Begun {
  const { challenge, attempt } = beginAttempt(ctx, purpose);
  const request: PasskeyRequest = {
    ...{ rpId: placeOf(ctx).host, challenge, userVerification: "required", timeout: PASSKEY_MS },
    allowCredentials: own.map(descriptorOf),
  };
  return { request, attempt };
}

/**
 * Signs in by a passkey: what somebody has, opened by what they know or are. An unknown one, one of somebody who is shut out and a wrong
 * signature get the same answer.
 * @throws AppError `passkey_attempt_over`, `passkey_not_valid`, `passkey_copied`; `sign_in_blocked` after twenty failures from an address.
 */
export async function signInByPasskey({
  ctx,
  input,
}: Use<{ attempt: string | null; answer: PasskeyAnswer }>): Promise<OpenedSession> {
  const challenge = readAttempt(ctx, "sign_in", input.attempt);
  const tried = { address: ctx.caller?.address ?? "" };
  await requireNotBlocked(ctx, tried);
  const used = await verified(ctx, challenge, input.answer);
  const opened = await ctx.db.$transaction(async (tx): Promise<OpenedSession | AppError> => {
    const refuse = async (subject: string, refusal: AppError) => {
      const detail = { reason: refusal.fields.reason, by: "passkey" };
      await noteAct(ctx, tx, { action: "sign_in", subject, outcome: "refused", detail });
      await countFailure(ctx, tx, tried);
      return refusal;
    };
    const person = used && (await tx.person.findUnique({ where: { id: used.passkey.personId } }));
    if (used === null || person === null || person.disabledAt !== null)
      return refuse(person?.name ?? "", notValid());
    const detail = { personId: person.id, by: "passkey", passkey: used.passkey.name };
    const refusal = await keepUse(ctx, tx, challenge, used);
    if (refusal !== null) return refuse(person.name, refusal);
    await noteAct(ctx, tx, { action: "sign_in", subject: person.name, detail });
    return openSession(ctx, tx, person, "passkey");
  });
  // Thrown here: what was counted and noted stays.
  if (opened instanceof AppError) throw opened;
  return opened;
}

/**
 * Shows once more by a passkey who holds a session: for five minutes it counts.
 * @throws AppError `passkey_attempt_over`, `passkey_not_valid`, `passkey_copied`, `sign_in_blocked`.
 */
export async function proveByPasskey({
  ctx,
  input,
}: Use<{ attempt: string | null; answer: PasskeyAnswer }>): Promise<void> {
  requireRole(ctx.actor, "viewer");
  const { id: personId, name: subject } = ctx.actor;
  const sessionId = ownSession(ctx.actor) ?? "";
  const challenge = readAttempt(ctx, "proof", input.attempt);
  const tried = { personId };
  await requireNotBlocked(ctx, tried);
  const used = await verified(ctx, challenge, input.answer);
  const refusal = await ctx.db.$transaction(async (tx) => {
    const own = used?.passkey.personId === personId ? used : null;
    const found = own === null ? notValid() : await keepUse(ctx, tx, challenge, own);
    const act = { action: "session.prove", subject };
    if (found !== null) {
      const detail = { reason: found.fields.reason, by: "passkey" };
      await noteAct(ctx, tx, { ...act, outcome: "refused", detail });
      await countFailure(ctx, tx, tried);
      return found;
    }
    await noteAct(ctx, tx, { ...act, detail: { by: "passkey" } });
    await tx.session.updateMany({ where: { id: sessionId }, data: { provedAt: ctx.now() } });
    return null;
  });
  if (refusal !== null) throw refusal;
}

interface Used {
  passkey: Passkey;
  /** As the device says it now. */
  counter: number;
}

/** The passkey that has signed this challenge; null: none of ours has. */
async function verified(ctx: Ctx, challenge: string, answer: PasskeyAnswer): Promise<Used | null> {
  const { host, origin } = placeOf(ctx);
  const passkey = await ctx.db.passkey.findUnique({ where: { credentialId: answer.id } });
  if (passkey === null || passkey.host !== host) return null;
  const { userHandle } = answer.response;
  if (userHandle !== null && userHandle !== handleOf(passkey.personId)) return null;
  const signed = await ctx.identity.passkeys.verify(answer, { host, origin, challenge }, passkey);
  return signed && { passkey, ...signed };
}

async function keepUse(ctx: Ctx, tx: Tx, challenge: string, used: Used): Promise<AppError | null> {
  return (await spendChallenge(ctx, tx, challenge)) ? keepCounter(ctx, tx, used) : attemptOver();
}

/**
 * Keeps how often a device has signed. One that has not signed more often than it had before is another with its key: `passkey_copied`.
 * Those that do not count say 0 for ever. https://www.w3.org/TR/webauthn-3/#sctn-sign-counter
 */
async function keepCounter(ctx: Ctx, tx: Tx, { passkey, counter }: Used): Promise<AppError | null> {
  const { id } = passkey;
  const counts = counter > 0 ? { lt: BigInt(counter) } : 0n;
  const { count } = await tx.passkey.updateMany({
    where: { id, counter: counts },
    data: { counter: BigInt(counter), usedAt: ctx.now() },
  });
  if (count > 0) return null;
  // Revoked meanwhile is not the same.
  const isThere = (await tx.passkey.findUnique({ where: { id } })) !== null;
  return isThere ? new AppError("unauthorized", "passkey_copied") : notValid();
}

function notValid(): AppError {
  return new AppError("unauthorized", "passkey_not_valid");
}

/** Of who has a passkey a password alone is not enough: what it is refused with, or null. In the caller's transaction. */
export async function passkeyInstead(ctx: Ctx, tx: Tx, personId: string): Promise<AppError | null> {
  const own = await tx.passkey.findMany({ where: { personId }, select: { host: true } });
  const [first] = own;
  if (first === undefined) return null;
  const host = placeIfAny(ctx)?.host;
  return own.some((each) => each.host === host)
    ? new AppError("unauthorized", "passkey_needed")
    : new AppError("forbidden", "passkey_elsewhere", { host: first.host });
}

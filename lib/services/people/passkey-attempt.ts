import { z } from "zod";
import { type PasskeyPlace, passkeyPlace } from "@/lib/auth/passkey-place";
import { hashToken, makeToken } from "@/lib/auth/token";
import type { Ctx, Tx } from "@/lib/context/context";
import { AppError } from "@/lib/diagnosis/app-error";
import { PASSKEY_MS } from "./session-limits";

/** Binds what is sealed to this use. */
const SEALED_FOR = "PasskeyAttempt";

const PURPOSES = ["add", "proof", "sign_in"] as const;
export type PasskeyPurpose = (typeof PURPOSES)[number];

/** What the browser keeps of an attempt, sealed: whoever only looks at the sign-in page writes nothing into the store. */
const Attempt = z.object({
  purpose: z.enum(PURPOSES),
  /** 256 random bits, base64url: what the device signs. */
  challenge: z.string(),
  begunAt: z.number(),
  origin: z.string(),
  /** Of the session in which it was begun; null: nobody is signed in. */
  sessionId: z.string().nullable(),
});
type Attempt = z.infer<typeof Attempt>;

/** Where passkeys of whoever calls belong; null: under that address there are none. */
export function placeIfAny({ caller }: Pick<Ctx, "caller">): PasskeyPlace | null {
  return passkeyPlace(caller?.origin ?? "");
}

/** The same. Throws `passkey_not_here`. */
export function placeOf(ctx: Ctx): PasskeyPlace {
  const place = placeIfAny(ctx);
  if (place === null) throw new AppError("precondition_failed", "passkey_not_here");
  return place;
}

/** A challenge for a browser of whoever calls, and what it has to bring back. */
export function beginAttempt(ctx: Ctx, purpose: PasskeyPurpose): { challenge: string; attempt: string } {
  const attempt: Attempt = {
    ...{ purpose, challenge: makeToken(), begunAt: ctx.now().getTime() },
    ...{ origin: placeOf(ctx).origin, sessionId: sessionOf(ctx) },
  };
  return { challenge: attempt.challenge, attempt: ctx.sealer.seal(JSON.stringify(attempt), SEALED_FOR) };
}

/** The challenge that this browser was given for this purpose, in this session, under this address. Throws `passkey_attempt_over`. */
export function readAttempt(ctx: Ctx, purpose: PasskeyPurpose, sealed: string | null): string {
  const read = sealed === null ? null : unsealed(ctx, sealed);
  const age = read === null ? Number.NaN : ctx.now().getTime() - read.begunAt;
  const isOurs =
    read !== null &&
    read.purpose === purpose &&
    read.origin === placeOf(ctx).origin &&
    read.sessionId === sessionOf(ctx);
  if (!isOurs || !(age < PASSKEY_MS)) throw attemptOver();
  return read.challenge;
}

/** Whether an answer is the first to this challenge: it counts once, also where two come with it at the same time. */
export async function spendChallenge(ctx: Ctx, tx: Tx, challenge: string): Promise<boolean> {
  const now = ctx.now();
  await tx.spentChallenge.deleteMany({ where: { forgetAt: { lte: now } } });
  const forgetAt = new Date(now.getTime() + PASSKEY_MS);
  const { count } = await tx.spentChallenge.createMany({
    data: { hash: hashToken(challenge), forgetAt },
    skipDuplicates: true,
  });
  return count > 0;
}

function sessionOf({ actor }: Ctx): string | null {
  return actor.kind === "person" ? (actor.sessionId ?? null) : null;
}

export function attemptOver(): AppError {
  return new AppError("unauthorized", "passkey_attempt_over");
}

function unsealed(ctx: Ctx, sealed: string): Attempt | null {
  try {
    return Attempt.parse(JSON.parse(ctx.sealer.unseal(sealed, SEALED_FOR)));
  } catch {
    // Of another key, cut, or made up: in each case nobody's.
    return null;
  }
}

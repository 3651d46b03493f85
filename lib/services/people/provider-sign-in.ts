import { createHmac } from "node:crypto";
import { z } from "zod";
import { makeToken } from "@/lib/auth/token";
import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { AttemptPurpose, type ProviderTaken, type SignInWays } from "@/lib/contracts/identity";
import { AppError, isAppError } from "@/lib/diagnosis/app-error";
import type { KnownPerson } from "@/lib/identity/known-person";
import type { OpenIdAttempt, OpenIdProvider } from "@/lib/identity/openid/openid-provider";
import { countFailure, requireNotBlocked } from "./count-failures";
import { openKnown } from "./known-sign-in";
import { noteAct } from "./note-act";
import type { OpenedSession } from "./open-session";
import { ATTEMPT_MS } from "./session-limits";
import { ownSession } from "./sessions";

/** Milliseconds by which a provider's clock may be behind. */
const CLOCK_MS = 60_000;
/** Binds what is sealed to this use. */
const SEALED_FOR = "SignInAttempt";

/** What the browser keeps of an attempt, sealed: the store learns of nobody who only looks at the sign-in page. */
const Attempt = z.object({
  purpose: AttemptPurpose,
  token: z.string(),
  begunAt: z.number(),
  /** Of our pages, for this browser. */
  origin: z.string(),
  next: z.string(),
});
type Attempt = z.infer<typeof Attempt>;

/** By which ways one may come in beside a name and password of ours. */
export function listSignInWays({ ctx }: { ctx: Ctx }): Omit<SignInWays, "passkey"> {
  const { provider, directory } = ctx.identity;
  return {
    openid: provider && { name: provider.name },
    directory: directory && { name: directory.name },
  };
}

/**
 * Sends somebody to the provider: to come in, or signed in to show again who they are. `attempt` is for the browser's cookie.
 * @throws AppError `provider_not_set`; what the provider's document has wrong.
 */
export async function beginAtProvider({
  ctx,
  input,
}: Use<{ purpose: AttemptPurpose; origin: string; next: string }>): Promise<{
  url: string;
  attempt: string;
}> {
  if (input.purpose === "proof") requireRole(ctx.actor, "viewer");
  const attempt: Attempt = { ...input, token: makeToken(), begunAt: ctx.now().getTime() };
  const url = await providerOf(ctx).begin(openIdAttempt(attempt));
  return { url, attempt: ctx.sealer.seal(JSON.stringify(attempt), SEALED_FOR) };
}

/**
 * Takes what the provider sent the browser back with: signs in, or lets it count for five minutes that it was shown there who they
 * are. `opened` is null for the latter.
 * @throws AppError `sign_in_attempt_over`, `sign_in_blocked`, `identity_no_role`, `identity_shut_out`, `identity_other_person`,
 * `provider_not_fresh`, and what was wrong with the provider's answer.
 */
export async function finishAtProvider({
  ctx,
  input,
}: Use<{ attempt: string | null; origin: string; answer: string }>): Promise<
  ProviderTaken & { opened: OpenedSession | null }
> {
  const attempt = readAttempt(ctx, input);
  const provider = providerOf(ctx);
  const tried = { address: ctx.caller?.address ?? "" };
  await requireNotBlocked(ctx, tried);
  const known = await provider.finish(openIdAttempt(attempt), input.answer).catch(async (error: unknown) => {
    await noteRefusal(ctx, error, tried);
    throw error;
  });
  const { purpose, next } = attempt;
  if (purpose === "proof") {
    await countAsProof(ctx, provider, known, attempt);
    return { purpose, next, opened: null };
  }
  const source = { kind: "openid", name: provider.name, issuer: provider.issuer } as const;
  const opened = await ctx.db.$transaction((tx) => openKnown(ctx, tx, source, known));
  // Thrown here: what was noted stays.
  if (opened instanceof AppError) throw opened;
  return { purpose, next, opened };
}

/** An answer that is not right may be somebody's try: it stands in the audit, and counts against the address. */
async function noteRefusal(ctx: Ctx, error: unknown, tried: { address: string }): Promise<void> {
  if (!isAppError(error) || error.fields.code !== "unauthorized") return;
  const { reason } = error.fields;
  await ctx.db.$transaction(async (tx) => {
    await noteAct(ctx, tx, {
      action: "sign_in",
      subject: "",
      outcome: "refused",
      detail: { reason, by: "openid" },
    });
    await countFailure(ctx, tx, tried);
  });
}

async function countAsProof(
  ctx: Ctx,
  provider: OpenIdProvider,
  known: KnownPerson & { shownAt: Date | null },
  attempt: Attempt,
): Promise<void> {
  requireRole(ctx.actor, "viewer");
  const { shownAt } = known;
  // Asked to, most ask anew. One that does not has shown nothing but that its own session lasts.
  if (shownAt === null || shownAt.getTime() < attempt.begunAt - CLOCK_MS) {
    throw new AppError("unauthorized", "provider_not_fresh", { host: new URL(provider.issuer).host });
  }
  const { issuer } = provider;
  const sessionId = ownSession(ctx.actor) ?? "";
  const { id: personId, name } = ctx.actor;
  const provedAt = new Date(Math.min(shownAt.getTime(), ctx.now().getTime()));
  const isSame = await ctx.db.$transaction(async (tx) => {
    const where = { kind: "openid", issuer, subject: known.subject, personId };
    const own = await tx.identity.findFirst({ where });
    const outcome = own === null ? "refused" : "done";
    await noteAct(ctx, tx, { action: "session.prove", subject: name, outcome, detail: { by: "openid" } });
    if (own !== null) await tx.session.updateMany({ where: { id: sessionId }, data: { provedAt } });
    return own !== null;
  });
  if (!isSame) throw new AppError("forbidden", "identity_other_person", { name });
}

function providerOf({ identity }: Ctx): OpenIdProvider {
  if (identity.provider === null) throw new AppError("precondition_failed", "provider_not_set");
  return identity.provider;
}

/** From one token that only this browser has: nothing of it can be had from another, and nothing needs to be kept. */
function openIdAttempt({ purpose, origin, token }: Attempt): OpenIdAttempt {
  const derive = (use: string) => createHmac("sha256", token).update(use).digest("base64url");
  return {
    redirectUri: `${origin}/sign-in/return`,
    state: derive("state"),
    nonce: derive("nonce"),
    verifier: derive("verifier"),
    fresh: purpose === "proof",
  };
}

function readAttempt(ctx: Ctx, { attempt, origin }: { attempt: string | null; origin: string }): Attempt {
  const read = attempt === null ? null : unsealed(ctx, attempt);
  const age = read === null ? Number.NaN : ctx.now().getTime() - read.begunAt;
  if (read === null || read.origin !== origin || !(age < ATTEMPT_MS))
    throw new AppError("unauthorized", "sign_in_attempt_over");
  return read;
}

function unsealed(ctx: Ctx, sealed: string): Attempt | null {
  try {
    return Attempt.parse(JSON.parse(ctx.sealer.unseal(sealed, SEALED_FOR)));
  } catch {
    // Of another key, cut, or made up: in each case nobody's.
    return null;
  }
}

import type { Ctx, Tx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import {
  PASSKEY_ALGORITHMS,
  type PasskeyCreation,
  type PasskeyListView,
  type PasskeyMade,
} from "@/lib/contracts/passkey";
import { AppError } from "@/lib/diagnosis/app-error";
import { noteAct } from "./note-act";
import {
  attemptOver,
  beginAttempt,
  placeIfAny,
  placeOf,
  readAttempt,
  spendChallenge,
} from "./passkey-attempt";
import { readOwnSession } from "./prove";
import { PASSKEY_MS } from "./session-limits";

/** Of one person. */
const MOST = 10;

/** One's own, the oldest first. */
export async function listPasskeys({ ctx }: { ctx: Ctx }): Promise<PasskeyListView> {
  requireRole(ctx.actor, "viewer");
  const rows = await ctx.db.passkey.findMany({
    where: { personId: ctx.actor.id },
    orderBy: { addedAt: "asc" },
  });
  return {
    host: placeIfAny(ctx)?.host ?? null,
    passkeys: rows.map(({ id, name, host, addedAt, usedAt }) => ({
      ...{ id, name, host, addedAt: addedAt.toISOString() },
      usedAt: usedAt?.toISOString() ?? null,
    })),
  };
}

/**
 * What a browser makes a passkey by. `attempt` is for its cookie. Who comes in by a provider or a directory has none: their second factor is
 * asked for there.
 * @throws AppError `passkey_not_here`, `passkey_of_provider`, `too_many_passkeys`.
 */
export async function beginPasskey({
  ctx,
}: {
  ctx: Ctx;
}): Promise<{ creation: PasskeyCreation; attempt: string }> {
  requireRole(ctx.actor, "viewer");
  const { host } = placeOf(ctx);
  const { person } = await readOwnSession(ctx, ctx.actor);
  if (person.identities.length > 0) throw new AppError("precondition_failed", "passkey_of_provider");
  const known = await ctx.db.passkey.findMany({ where: { personId: person.id } });
  if (known.length >= MOST) throw tooMany();
  const { challenge, attempt } = beginAttempt(ctx, "add");
  const creation: PasskeyCreation = {
    rp: { id: host, name: "Chainferry" },
    user: { id: handleOf(person.id), name: person.name, displayName: person.name },
    challenge,
    pubKeyCredParams: PASSKEY_ALGORITHMS.map((alg) => ({ type: "public-key", alg })),
    excludeCredentials: known.filter((each) => each.host === host).map(descriptorOf),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    attestation: "none",
    timeout: PASSKEY_MS,
  };
  return { creation, attempt };
}

/**
 * Keeps the public key of what the browser has made. From now on a password alone signs its person in no more.
 * @throws AppError `passkey_attempt_over`, `passkey_not_valid`, `passkey_known`, `too_many_passkeys`.
 */
export async function addPasskey({
  ctx,
  input,
}: Use<{ name: string; made: PasskeyMade; attempt: string | null }>): Promise<void> {
  requireRole(ctx.actor, "viewer");
  const { id: personId, name: subject } = ctx.actor;
  const { name, made } = input;
  const { host, origin } = placeOf(ctx);
  const challenge = readAttempt(ctx, "add", input.attempt);
  const passkey = await ctx.identity.passkeys.readMade(made, { host, origin, challenge });
  if (passkey === null) throw new AppError("unauthorized", "passkey_not_valid");
  const { credentialId, publicKey, counter } = passkey;
  await ctx.db.$transaction(async (tx) => {
    const id = ctx.newId();
    // First of all: the audit is where two of them come one after the other.
    await noteAct(ctx, tx, { action: "passkey.add", subject, detail: { id, name, host } });
    if (!(await spendChallenge(ctx, tx, challenge))) throw attemptOver();
    if ((await tx.passkey.count({ where: { personId } })) >= MOST) throw tooMany();
    if ((await tx.passkey.findUnique({ where: { credentialId } })) !== null)
      throw new AppError("conflict", "passkey_known");
    await tx.passkey.create({
      data: {
        ...{ id, personId, name, host, credentialId, publicKey, counter: BigInt(counter) },
        ...{ transports: made.response.transports.join(","), addedAt: ctx.now() },
      },
    });
  });
}

/** Calls one of one's own another name. Throws `passkey_not_found`. */
export async function renamePasskey({ ctx, input }: Use<{ id: string; name: string }>): Promise<void> {
  requireRole(ctx.actor, "viewer");
  const { id, name } = input;
  await changeOwn(ctx, id, "passkey.rename", { name }, (tx) =>
    tx.passkey.update({ where: { id }, data: { name } }),
  );
}

/** Takes one of one's own back. Throws `passkey_not_found`. */
export async function revokePasskey({ ctx, input }: Use<{ id: string }>): Promise<void> {
  requireRole(ctx.actor, "viewer");
  const { id } = input;
  await changeOwn(ctx, id, "passkey.revoke", {}, (tx) => tx.passkey.delete({ where: { id } }));
}

async function changeOwn(
  ctx: Ctx,
  id: string,
  action: string,
  detail: Readonly<Record<string, string>>,
  change: (tx: Tx) => Promise<unknown>,
): Promise<void> {
  const { id: personId, name: subject } = ctx.actor;
  await ctx.db.$transaction(async (tx) => {
    const own = await tx.passkey.findUnique({ where: { id, personId } });
    if (own === null) throw new AppError("not_found", "passkey_not_found");
    await noteAct(ctx, tx, {
      action,
      subject,
      detail: { id, nameBefore: own.name, host: own.host, ...detail },
    });
    await change(tx);
  });
}

/** As WebAuthn's user handle: no name of anybody, which a device would show to whoever holds it. */
export function handleOf(personId: string): string {
  return Buffer.from(personId).toString("base64url");
}

/** As a browser is told of one. */
export function descriptorOf({ credentialId, transports }: { credentialId: string; transports: string }) {
  return {
    type: "public-key" as const,
    id: credentialId,
    transports: transports.split(",").filter((each) => each !== ""),
  };
}

function tooMany(): AppError {
  return new AppError("precondition_failed", "too_many_passkeys", { limit: MOST });
}

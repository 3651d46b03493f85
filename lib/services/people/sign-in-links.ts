import { hashToken, makeToken } from "@/lib/auth/token";
import type { Ctx, Tx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { AppError } from "@/lib/diagnosis/app-error";
import { noteAct } from "./note-act";
import { type OpenedSession, openSession } from "./open-session";
import { LINK_MS, type LinkPurpose } from "./session-limits";

export interface MadeLink {
  /** Shown once: the store has its hash only. It belongs behind the `#` of an address, which no server and no log is told. */
  token: string;
  /** ISO 8601, UTC. */
  expiresAt: string;
}

/** A link that signs a person in once, in the caller's transaction; links made for them before are not valid any more. */
export async function makeLink(
  ctx: Ctx,
  tx: Tx,
  input: { personId: string; purpose: LinkPurpose },
): Promise<MadeLink> {
  const token = makeToken();
  const now = ctx.now();
  const expiresAt = new Date(now.getTime() + LINK_MS[input.purpose]);
  await noteAct(ctx, tx, {
    action: "sign_in_link.make",
    subject: input.personId,
    detail: { purpose: input.purpose },
  });
  await tx.signInLink.updateMany({
    where: { personId: input.personId, usedAt: null },
    data: { expiresAt: now },
  });
  await tx.signInLink.create({
    data: {
      ...{ id: ctx.newId(), tokenHash: hashToken(token), createdBy: ctx.actor.id },
      ...{ ...input, createdAt: now, expiresAt },
    },
  });
  return { token, expiresAt: expiresAt.toISOString() };
}

/**
 * Signs in by a link.
 * @throws AppError `link_not_valid`: unknown, used, past its time, or of somebody who is shut out.
 */
export async function useLink({
  ctx,
  input,
}: Use<{ token: string }>): Promise<OpenedSession & { purpose: string }> {
  const now = ctx.now();
  const tokenHash = hashToken(input.token);
  const opened = await ctx.db.$transaction(async (tx) => {
    const link = await tx.signInLink.findUnique({ where: { tokenHash }, include: { person: true } });
    const valid = { tokenHash, usedAt: null, expiresAt: { gt: now } };
    const isValid = link !== null && link.person.disabledAt === null;
    // Once, also where two come at the same time.
    const taken = isValid
      ? await tx.signInLink.updateMany({ where: valid, data: { usedAt: now } })
      : { count: 0 };
    const subject = link?.person.name ?? "";
    if (link === null || taken.count === 0) {
      await noteAct(ctx, tx, { action: "sign_in_link.use", subject, outcome: "refused" });
      return null;
    }
    await noteAct(ctx, tx, { action: "sign_in_link.use", subject, detail: { personId: link.personId } });
    return { ...(await openSession(ctx, tx, link.person, "link")), purpose: link.purpose };
  });
  if (opened === null) throw new AppError("unauthorized", "link_not_valid");
  return opened;
}

/** A link for a person who can't sign in, for an administrator to pass on. Throws `person_not_found`, `password_elsewhere`. */
export async function renewLink({ ctx, input }: Use<{ personId: string }>): Promise<MadeLink> {
  requireRole(ctx.actor, "administrator");
  return ctx.db.$transaction(async (tx) => {
    const person = await tx.person.findUnique({
      where: { id: input.personId, disabledAt: null },
      include: { _count: { select: { identities: true } } },
    });
    if (person === null) throw new AppError("not_found", "person_not_found");
    if (person._count.identities > 0) throw new AppError("precondition_failed", "password_elsewhere");
    return makeLink(ctx, tx, { personId: person.id, purpose: "invitation" });
  });
}

import { hashToken, makeToken } from "@/lib/auth/token";
import type { Ctx, Tx } from "@/lib/context/context";

export interface OpenedSession {
  /** For the browser's cookie; the store has its hash only. */
  token: string;
  /** They came by a link and have no password yet. */
  withoutPassword: boolean;
}

interface Holder {
  id: string;
  passwordHash: string | null;
}

/** A new session, with a token that no session had before, in the caller's transaction. */
export async function openSession(
  ctx: Ctx,
  tx: Tx,
  person: Holder,
  by: "password" | "link",
): Promise<OpenedSession> {
  const token = makeToken();
  const now = ctx.now();
  await tx.session.create({
    data: {
      id: ctx.newId(),
      tokenHash: hashToken(token),
      personId: person.id,
      ...{ createdAt: now, seenAt: now, provedAt: now },
      byLink: by === "link",
      address: ctx.caller?.address ?? "",
      userAgent: (ctx.caller?.userAgent ?? "").slice(0, 300),
    },
  });
  return { token, withoutPassword: person.passwordHash === null };
}

import { hashToken, makeToken } from "@/lib/auth/token";
import type { Ctx, Tx } from "@/lib/context/context";

export interface OpenedSession {
  /** For the browser's cookie; the store has its hash only. */
  token: string;
}

/** A new session, with a token that no session had before, in the caller's transaction. */
export async function openSession(
  ctx: Ctx,
  tx: Tx,
  person: { id: string },
  by: "password" | "passkey" | "link" | { identityId: string },
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
      identityId: typeof by === "string" ? null : by.identityId,
      address: ctx.caller?.address ?? "",
      userAgent: (ctx.caller?.userAgent ?? "").slice(0, 300),
    },
  });
  return { token };
}

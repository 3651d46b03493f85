import { hashToken } from "@/lib/auth/token";
import type { Actor, Ctx, Use } from "@/lib/context/context";
import { Scope } from "@/lib/contracts/scope";
import { Role } from "@/lib/contracts/system";
import { isOver, SEEN_MS } from "./session-limits";

export const NOBODY: Actor = { kind: "nobody", id: "nobody", name: "nobody", role: null };

/** Who holds a session's token: nobody, when it is of no session, of one that is over, or of somebody who is shut out. */
export async function findSession({ ctx, input }: Use<{ token: string }>): Promise<Actor> {
  const session = await ctx.db.session.findUnique({
    where: { tokenHash: hashToken(input.token) },
    include: { person: { select: { id: true, name: true, role: true, disabledAt: true, scope: true } } },
  });
  const now = ctx.now();
  if (session === null || isOver(session, now) || session.person.disabledAt !== null) return NOBODY;
  if (now.getTime() - session.seenAt.getTime() >= SEEN_MS) {
    // It may have been ended meanwhile.
    await ctx.db.session.updateMany({ where: { id: session.id }, data: { seenAt: now } });
  }
  const { id, name, role, scope } = session.person;
  const limits = Scope.nullable().parse(scope);
  return { kind: "person", id, name, role: Role.parse(role), sessionId: session.id, scope: limits };
}

/** Whether what began in a session may go on: its row is there, and it is not over. Who has no session is not asked. */
export async function isStillSignedIn({ ctx }: { ctx: Ctx }): Promise<boolean> {
  const { actor } = ctx;
  if (actor.kind !== "person" || actor.sessionId === undefined) return true;
  const session = await ctx.db.session.findUnique({
    where: { id: actor.sessionId },
    select: { createdAt: true, seenAt: true, identityId: true },
  });
  return session !== null && !isOver(session, ctx.now());
}

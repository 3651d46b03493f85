import type { Ctx, Use } from "@/lib/context/context";
import { requireRole, type SignedIn } from "@/lib/context/require-role";
import type { SessionView } from "@/lib/contracts/people";
import { AppError } from "@/lib/diagnosis/app-error";
import { noteAct } from "./note-act";
import { isOver } from "./session-limits";

/** Open sessions, the newest use first: one's own; to an administrator everybody's. */
export async function listSessions({ ctx }: { ctx: Ctx }): Promise<{ sessions: SessionView[] }> {
  requireRole(ctx.actor, "viewer");
  const own = ownSession(ctx.actor);
  const rows = await ctx.db.session.findMany({
    where: ctx.actor.role === "administrator" ? {} : { personId: ctx.actor.id },
    orderBy: { seenAt: "desc" },
    include: { person: { select: { name: true } } },
  });
  const open = rows.filter((row) => !isOver(row, ctx.now()));
  return {
    sessions: open.map(({ id, person, createdAt, seenAt, address, userAgent }) => ({
      ...{ id, person: person.name, own: id === own, address, userAgent },
      createdAt: createdAt.toISOString(),
      seenAt: seenAt.toISOString(),
    })),
  };
}

/** Ends a session: one's own, or as an administrator anybody's. Throws `session_not_found`, also for one of somebody else. */
export async function endSession({ ctx, input }: Use<{ sessionId: string }>): Promise<void> {
  requireRole(ctx.actor, "viewer");
  const mayAny = ctx.actor.role === "administrator";
  const where = { id: input.sessionId, ...(mayAny ? {} : { personId: ctx.actor.id }) };
  await ctx.db.$transaction(async (tx) => {
    const session = await tx.session.findUnique({ where, include: { person: { select: { name: true } } } });
    if (session === null) throw new AppError("not_found", "session_not_found");
    await noteAct(ctx, tx, {
      action: "session.end",
      subject: session.person.name,
      detail: { sessionId: session.id, address: session.address },
    });
    await tx.session.deleteMany({ where: { id: session.id } });
  });
}

/**
 * Ends the session that asks; what has none (the command line) has nothing to end. Gives where the browser signs out at the provider
 * too, by which its person came in and would come in again without a question; null where there is no such address. `returnTo`: from
 * there.
 */
export async function signOut({ ctx, input }: Use<{ returnTo: string }>): Promise<string | null> {
  requireRole(ctx.actor, "viewer");
  const sessionId = ownSession(ctx.actor);
  if (sessionId === null) return null;
  const session = await ctx.db.session.findUnique({
    where: { id: sessionId },
    select: { identity: { select: { kind: true } } },
  });
  await endSession({ ctx, input: { sessionId } });
  if (session?.identity?.kind !== "openid") return null;
  return (await ctx.identity.provider?.signOutUrl(input.returnTo)) ?? null;
}

export function ownSession(actor: SignedIn): string | null {
  return actor.kind === "person" ? (actor.sessionId ?? null) : null;
}

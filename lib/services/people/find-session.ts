import { hashToken } from "@/lib/auth/token";
import type { Actor, Ctx, Use } from "@/lib/context/context";
import { askedTogether } from "@/lib/store/asked-together";
import type { PrismaClient } from "@/lib/store/generated/client";
import { perStore } from "@/lib/store/per-store";
import { readSession, type SessionRow } from "@/lib/store/session-row";
import { isOver, SEEN_MS } from "./session-limits";

export const NOBODY: Actor = { kind: "nobody", id: "nobody", name: "nobody", role: null };

/** Who holds a session's token: nobody, when it is of no session, of one that is over, or of somebody who is shut out. */
export async function findSession({ ctx, input }: Use<{ token: string }>): Promise<Actor> {
  const session = await readSession(ctx.db, hashToken(input.token));
  const now = ctx.now();
  if (session === null || isOver(session, now) || session.disabledAt !== null) return NOBODY;
  if (now.getTime() - session.seenAt.getTime() >= SEEN_MS) void keepSeen(ctx, session, now);
  const { personId: id, name, role, scope } = session;
  return { kind: "person", id, name, role, sessionId: session.id, scope };
}

/** Nobody waits for it: whoever asks is told who they are, and of many who ask at once one writes. */
async function keepSeen({ db, log }: Ctx, { id, seenAt }: SessionRow, now: Date): Promise<void> {
  try {
    // It may have been ended or written meanwhile.
    await db.session.updateMany({ where: { id, seenAt }, data: { seenAt: now } });
  } catch (error) {
    log.warn({ error: error instanceof Error ? error.name : typeof error }, "last use of a session not kept");
  }
}

type SessionTimes = Parameters<typeof isOver>[0];
const timesOf = perStore((db) => askedTogether<string, SessionTimes>((ids) => readTimes(db, ids)));

/**
 * Whether what began in a session may go on: its row is there, and it is not over. Who has no session is not asked. Whatever is asked for in one
 * turn of the event loop is one look at the store, however many pages are open.
 */
export async function isStillSignedIn({ ctx }: { ctx: Ctx }): Promise<boolean> {
  const { actor, db } = ctx;
  if (actor.kind !== "person" || actor.sessionId === undefined) return true;
  const session = await timesOf(db)(actor.sessionId);
  return session !== undefined && !isOver(session, ctx.now());
}

async function readTimes(db: PrismaClient, ids: string[]): Promise<ReadonlyMap<string, SessionTimes>> {
  const rows = await db.session.findMany({
    where: { id: { in: ids } },
    select: { id: true, createdAt: true, seenAt: true, identityId: true },
  });
  return new Map(rows.map(({ id, ...times }) => [id, times]));
}

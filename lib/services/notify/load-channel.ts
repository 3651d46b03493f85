import type { Ctx } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { AppError } from "@/lib/diagnosis/app-error";

/** A channel that is there, for who looks at it: everybody's, or one's own. Throws `not_found`. */
export async function loadChannel(ctx: Ctx, id: string) {
  const row = await ctx.db.channel.findUnique({ where: { id, archivedAt: null } });
  if (!row || (row.personId !== null && row.personId !== ctx.actor.id))
    throw new AppError("not_found", "channel_not_found");
  return row;
}

/** The same for who changes or tries it: everybody's are the administrators'. Throws `forbidden` too. */
export async function loadOwnChannel(ctx: Ctx, id: string) {
  requireRole(ctx.actor, "viewer");
  const row = await loadChannel(ctx, id);
  if (row.personId === null) requireRole(ctx.actor, "administrator");
  return row;
}

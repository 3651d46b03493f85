import type { Ctx } from "@/lib/context/context";
import { AppError } from "@/lib/diagnosis/app-error";

/** A channel that is there. Throws `not_found`. */
export async function loadChannel(ctx: Ctx, id: string) {
  const row = await ctx.db.channel.findUnique({ where: { id, archivedAt: null } });
  if (!row) throw new AppError("not_found", "channel_not_found");
  return row;
}

import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { ChannelView } from "@/lib/contracts/channel";
import { channelView } from "./channel-view";

/** Everybody's channels and one's own, with what waits for them, by name. */
export async function listChannels({ ctx }: { ctx: Ctx }): Promise<{ channels: ChannelView[] }> {
  requireRole(ctx.actor, "viewer");
  const rows = await ctx.db.channel.findMany({
    where: { archivedAt: null, OR: [{ personId: null }, { personId: ctx.actor.id }] },
    orderBy: { name: "asc" },
  });
  const counts = await ctx.db.notice.groupBy({
    by: ["channelId", "state"],
    where: { state: { in: ["waiting", "given_up"] } },
    _count: true,
  });
  const countOf = (channelId: string, state: string) =>
    counts.find((one) => one.channelId === channelId && one.state === state)?._count ?? 0;
  return {
    channels: rows.map((row) =>
      channelView(row, { waiting: countOf(row.id, "waiting"), givenUp: countOf(row.id, "given_up") }),
    ),
  };
}

/** One of them; undefined: there is none. */
export async function findChannel({
  ctx,
  input,
}: Use<{ channelId: string }>): Promise<ChannelView | undefined> {
  return (await listChannels({ ctx })).channels.find(({ id }) => id === input.channelId);
}

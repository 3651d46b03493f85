import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { DELIVERY_STATES, type DeliveryListView, NoticeSubject } from "@/lib/contracts/channel";
import { NOTICES } from "@/lib/migration/vocabulary/notice";
import { outOfScope, scopeOf } from "../scope/require-scope";
import { loadChannel } from "./load-channel";

const NEWEST = 50;

/** The newest notices of a channel with what became of each. Throws `not_found`, `out_of_scope`. */
export async function listDeliveries({ ctx, input }: Use<{ channelId: string }>): Promise<DeliveryListView> {
  requireRole(ctx.actor, "viewer");
  const { personId } = await loadChannel(ctx, input.channelId);
  // Everybody's names migrations that who is limited does not see.
  if (personId === null && scopeOf(ctx.actor) !== null) throw outOfScope();
  const notices = await ctx.db.notice.findMany({
    where: { channelId: input.channelId },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: NEWEST,
  });
  const migrations = await ctx.db.migration.findMany({
    where: { id: { in: notices.map(({ migrationId }) => migrationId) } },
    select: { id: true, name: true },
  });
  return {
    deliveries: notices.map(({ id, kind, migrationId, about, at, state, attempts, dueAt, sentAt }) => ({
      id,
      kind: NOTICES.find((known) => known === kind) ?? "needs_you",
      migrationId: migrationId === "" ? null : migrationId,
      subject:
        migrations.find((one) => one.id === migrationId)?.name ??
        NoticeSubject.nullable().catch(null).parse(about)?.database ??
        migrationId,
      at: at.toISOString(),
      state: DELIVERY_STATES.find((known) => known === state) ?? "waiting",
      attempts,
      nextAt: state === "waiting" ? dueAt.toISOString() : null,
      sentAt: sentAt?.toISOString() ?? null,
    })),
  };
}

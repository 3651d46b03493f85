import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { NoticeSubject } from "@/lib/contracts/channel";
import { isAppError } from "@/lib/diagnosis/app-error";
import { NOTICES } from "@/lib/migration/vocabulary/notice";
import type { Told } from "@/lib/notify/build-request";
import { noticeText } from "@/lib/notify/notice-text";
import { claimNotices } from "@/lib/store/claim-notices";
import type { Channel, Notice } from "@/lib/store/generated/client";
import { kindOf, languageOf } from "./channel-view";
import { sendTold } from "./send-told";

/** Whoever takes notices has so long to send them; then they are anybody's again. */
const LEASE_MS = 60_000;
/** Of one message to a chat; of one look to anything else. */
const AT_A_TIME = 20;
const BACKOFF_MS = 5_000;
const LONGEST_BACKOFF_MS = 3_600_000;
const GIVEN_UP_AFTER_MS = 3 * 86_400_000;
/** Between two messages to a chat: below 20 a minute. Who says that it is too much is left alone for ten. */
const CHAT_GAP_MS = 3_100;
const LIMITED_MS = 600_000;

/**
 * Sends what the outbox holds for now, a channel after the other: chats get what is due in one message, others a message each. At
 * least once: what was taken but not written down is sent again under the same id. Failures wait longer each time, and are
 * given up after three days. Returns how many were taken.
 */
export async function deliverNotices({ ctx, input }: Use<{ signal: AbortSignal }>): Promise<number> {
  requireRole(ctx.actor, "operator");
  const now = ctx.now();
  const due = await ctx.db.notice.findMany({
    where: { state: "waiting", dueAt: { lte: now } },
    distinct: ["channelId"],
    select: { channelId: true },
  });
  const channels = await ctx.db.channel.findMany({
    where: {
      id: { in: due.map(({ channelId }) => channelId) },
      enabled: true,
      archivedAt: null,
      OR: [{ notBefore: null }, { notBefore: { lte: now } }],
    },
  });
  let taken = 0;
  for (const channel of channels) {
    if (input.signal.aborted) break;
    try {
      taken += await deliverTo(ctx, channel, input.signal);
    } catch (error) {
      // Its address was sealed with a key that is gone: the other channels are told all the same.
      if (!isAppError(error)) throw error;
      ctx.log.warn({ channelId: channel.id, reason: error.fields.reason }, "outbox: passed over");
    }
  }
  return taken;
}

async function deliverTo(ctx: Ctx, channel: Channel, signal: AbortSignal): Promise<number> {
  const now = ctx.now();
  const lease = new Date(now.getTime() + LEASE_MS);
  const notices = await claimNotices(ctx.db, { channelId: channel.id, now, lease, limit: AT_A_TIME });
  const told = await tell(ctx, channel, notices);
  const isChat = kindOf(channel) !== "generic";
  const [first, ...rest] = told;
  if (first === undefined) return 0;
  const messages: [Told, ...Told[]][] = isChat ? [[first, ...rest]] : told.map((one) => [one]);
  const taken: string[] = [];
  for (const message of messages) {
    if (signal.aborted) break;
    const { outcome, limited } = await sendTold(ctx, channel, message, signal);
    if (outcome.ok) taken.push(...message.map(({ id }) => id));
    const waitMs = limited ? LIMITED_MS : isChat ? CHAT_GAP_MS : 0;
    if (waitMs > 0) {
      const notBefore = new Date(ctx.now().getTime() + waitMs);
      await ctx.db.channel.update({ where: { id: channel.id }, data: { notBefore } });
    }
    if (limited) break;
  }
  await settle(ctx, notices, new Set(taken));
  return taken.length;
}

async function tell(ctx: Ctx, channel: Channel, notices: readonly Notice[]): Promise<Told[]> {
  const migrations = await ctx.db.migration.findMany({
    where: { id: { in: notices.map(({ migrationId }) => migrationId) } },
    select: { id: true, name: true, sourceDatabase: true, instanceId: true },
  });
  const language = languageOf(channel);
  return notices.map(({ id, kind, at, migrationId, about }) => {
    const migration = migrations.find((one) => one.id === migrationId);
    const task = NoticeSubject.nullable().catch(null).parse(about);
    const names = {
      database: task?.database ?? migration?.sourceDatabase ?? migration?.name ?? migrationId,
      instance: task?.instanceId ?? migration?.instanceId ?? "–",
    };
    const notice = NOTICES.find((known) => known === kind) ?? "needs_you";
    const page = task
      ? `/records/all?q=${encodeURIComponent(task.taskId)}&instance=${encodeURIComponent(task.instanceId)}`
      : `/migrations/${encodeURIComponent(migrationId)}`;
    return {
      ...{ id, kind, at: at.toISOString(), migrationId: task ? null : migrationId },
      text: noticeText(notice, names, language),
      link: new URL(page, channel.linkBase).href,
    };
  });
}

async function settle(ctx: Ctx, notices: readonly Notice[], taken: ReadonlySet<string>): Promise<void> {
  const now = ctx.now();
  await ctx.db.notice.updateMany({
    where: { id: { in: [...taken] } },
    data: { state: "sent", sentAt: now },
  });
  for (const { id, attempts, at } of notices.filter((notice) => !taken.has(notice.id))) {
    const old = now.getTime() - at.getTime() > GIVEN_UP_AFTER_MS;
    const waitMs = Math.min(BACKOFF_MS * 2 ** (attempts - 1), LONGEST_BACKOFF_MS);
    await ctx.db.notice.update({
      where: { id },
      data: old ? { state: "given_up" } : { dueAt: new Date(now.getTime() + waitMs) },
    });
  }
}

import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { ChannelInput, type ChannelView } from "@/lib/contracts/channel";
import { AppError } from "@/lib/diagnosis/app-error";
import { channelView } from "./channel-view";
import { loadOwnChannel } from "./load-channel";

/**
 * Makes a channel, or changes one: address and secret stay as they were where they are null. Everybody's are the administrators'; one's
 * own anybody makes, and it stays their own. Throws `not_found`, `forbidden`, `validation`.
 */
export async function saveChannel({
  ctx,
  input,
}: Use<{ channelId: string | null; channel: ChannelInput }>): Promise<ChannelView> {
  const { url, secret, mine, via, ...plain } = ChannelInput.parse(input.channel);
  requireRole(ctx.actor, mine ? "viewer" : "administrator");
  const before = input.channelId === null ? null : await loadOwnChannel(ctx, input.channelId);
  const personId = before === null ? (mine ? ctx.actor.id : null) : before.personId;
  const server =
    via === null ? null : await requireMailServer(ctx, { via, isMail: plain.kind === "email", personId });
  if (url === null && before === null) {
    throw new AppError("validation", "invalid_input", {}, [{ path: "url", reason: "field_required" }]);
  }
  if (url !== null && /^smtps?:/.test(url) !== (plain.kind === "email")) {
    throw new AppError("validation", "invalid_input", {}, [{ path: "url", reason: "field_invalid" }]);
  }
  if (url === null && before !== null && (before.kind === "email") !== (plain.kind === "email")) {
    // An address of the other sort would stay.
    throw new AppError("validation", "invalid_input", {}, [{ path: "url", reason: "field_required" }]);
  }
  const id = before?.id ?? ctx.newId();
  const row = channelRow(id);
  const sealed = {
    ...(url === null
      ? {}
      : { urlSealed: ctx.sealer.seal(url, row), host: server?.host ?? new URL(url).host }),
    ...(secret === null ? {} : { secretSealed: ctx.sealer.seal(secret, row), signed: secret !== "" }),
  };
  if (before !== null) {
    const changed = await ctx.db.channel.update({
      where: { id: before.id },
      data: { ...plain, ...sealed, viaId: via },
    });
    return channelView(changed, { waiting: 0, givenUp: 0 });
  }
  const made = await ctx.db.channel.create({
    data: {
      ...{ id, urlSealed: "", host: "", secretSealed: ctx.sealer.seal("", row), signed: false },
      ...{ personId, viaId: via },
      ...plain,
      ...sealed,
    },
  });
  ctx.log.info({ channelId: id, kind: made.kind, by: ctx.actor.id }, "channel made");
  return channelView(made, { waiting: 0, givenUp: 0 });
}

/** Another's server sends only one's own e-mail, and only if it is everybody's. */
async function requireMailServer(
  ctx: Ctx,
  { via, isMail, personId }: { via: string; isMail: boolean; personId: string | null },
): Promise<{ host: string }> {
  const shared = await ctx.db.channel.findFirst({
    where: { id: via, kind: "email", personId: null, archivedAt: null },
    select: { host: true },
  });
  if (shared === null || !isMail || personId === null)
    throw new AppError("validation", "invalid_input", {}, [{ path: "via", reason: "field_invalid" }]);
  return shared;
}

/** Where a channel's sealed texts are kept. */
export const channelRow = (id: string): string => `Channel/${id}`;

/** Takes a channel away; what waits for it is not sent any more. Throws `not_found`. */
export async function removeChannel({ ctx, input }: Use<{ channelId: string }>): Promise<void> {
  await loadOwnChannel(ctx, input.channelId);
  await ctx.db.channel.update({
    where: { id: input.channelId },
    data: {
      archivedAt: ctx.now(),
      enabled: false,
      urlSealed: ctx.sealer.seal("", channelRow(input.channelId)),
      secretSealed: ctx.sealer.seal("", channelRow(input.channelId)),
    },
  });
  await ctx.db.notice.deleteMany({ where: { channelId: input.channelId, state: "waiting" } });
}

import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { ChannelInput, type ChannelView } from "@/lib/contracts/channel";
import { AppError } from "@/lib/diagnosis/app-error";
import { channelView } from "./channel-view";
import { loadChannel } from "./load-channel";

/** Makes a channel, or changes one: address and secret stay as they were where they are null. Throws `not_found`. */
export async function saveChannel({
  ctx,
  input,
}: Use<{ channelId: string | null; channel: ChannelInput }>): Promise<ChannelView> {
  requireRole(ctx.actor, "administrator");
  const { url, secret, ...plain } = ChannelInput.parse(input.channel);
  const before = input.channelId === null ? null : await loadChannel(ctx, input.channelId);
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
    ...(url === null ? {} : { urlSealed: ctx.sealer.seal(url, row), host: new URL(url).host }),
    ...(secret === null ? {} : { secretSealed: ctx.sealer.seal(secret, row), signed: secret !== "" }),
  };
  if (before !== null) {
    const changed = await ctx.db.channel.update({ where: { id: before.id }, data: { ...plain, ...sealed } });
    return channelView(changed, { waiting: 0, givenUp: 0 });
  }
  const made = await ctx.db.channel.create({
    data: {
      ...{ id, urlSealed: "", host: "", secretSealed: ctx.sealer.seal("", row), signed: false },
      ...plain,
      ...sealed,
    },
  });
  ctx.log.info({ channelId: id, kind: made.kind, by: ctx.actor.id }, "channel made");
  return channelView(made, { waiting: 0, givenUp: 0 });
}

/** Where a channel's sealed texts are kept. */
export const channelRow = (id: string): string => `Channel/${id}`;

/** Takes a channel away; what waits for it is not sent any more. Throws `not_found`. */
export async function removeChannel({ ctx, input }: Use<{ channelId: string }>): Promise<void> {
  requireRole(ctx.actor, "administrator");
  await loadChannel(ctx, input.channelId);
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

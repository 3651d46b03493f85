import type { Ctx } from "@/lib/context/context";
import type { ChannelOutcome } from "@/lib/contracts/channel";
import { buildMail } from "@/lib/notify/build-mail";
import { buildRequest, type Told } from "@/lib/notify/build-request";
import { postMail } from "@/lib/notify/post-mail";
import { postWebhook } from "@/lib/notify/post-webhook";
import type { Channel } from "@/lib/store/generated/client";
import { kindOf } from "./channel-view";
import { channelRow } from "./save-channel";

/** Sends one message to a channel and keeps how it was taken. Never throws for what the service does. */
export async function sendTold(
  ctx: Ctx,
  channel: Channel,
  told: readonly [Told, ...Told[]],
  signal: AbortSignal,
): Promise<{ outcome: ChannelOutcome; limited: boolean }> {
  const kind = kindOf(channel);
  const row = channelRow(channel.id);
  const address = {
    kind,
    url: ctx.sealer.unseal(channel.urlSealed, row),
    secret: ctx.sealer.unseal(channel.secretSealed, row),
  };
  const { limited, ...posted } =
    address.kind === "email"
      ? await postMail(ctx.mailOut, buildMail(address, told), signal)
      : await postWebhook(
          ctx.callOut,
          address.kind,
          buildRequest({ ...address, kind: address.kind }, told, ctx.now().getTime()),
          signal,
        );
  const outcome = { at: ctx.now().toISOString(), ...posted };
  await ctx.db.channel.update({ where: { id: channel.id }, data: { last: outcome } });
  return { outcome, limited };
}

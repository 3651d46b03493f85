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
  const address = await addressOf(ctx, channel);
  const { limited, ...posted } =
    address === null
      ? { ok: false, status: null, said: "channel_not_found", limited: false }
      : address.kind === "email"
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

/** Of a person's e-mail by everybody's server: that server and sender, with the person's own receivers. Null: it is gone or off. */
async function addressOf(ctx: Ctx, channel: Channel) {
  const unsealed = ({ id, urlSealed, secretSealed }: Channel) => ({
    url: ctx.sealer.unseal(urlSealed, channelRow(id)),
    secret: ctx.sealer.unseal(secretSealed, channelRow(id)),
  });
  const own = { kind: kindOf(channel), ...unsealed(channel) };
  if (channel.viaId === null) return own;
  const shared = await ctx.db.channel.findFirst({
    where: { id: channel.viaId, kind: "email", personId: null, archivedAt: null, enabled: true },
  });
  if (shared === null) return null;
  const { url, secret } = unsealed(shared);
  const server = new URL(url);
  server.searchParams.set("to", new URL(own.url).searchParams.get("to") ?? "");
  return { kind: own.kind, url: server.href, secret };
}

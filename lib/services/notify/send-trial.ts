import type { Use } from "@/lib/context/context";
import type { ChannelOutcome } from "@/lib/contracts/channel";
import { noticeText } from "@/lib/notify/notice-text";
import { languageOf } from "./channel-view";
import { loadOwnChannel } from "./load-channel";
import { sendTold } from "./send-told";

/** Sends one message that says that it is a try, at once, and tells how it was taken. Throws `not_found`, `forbidden`. */
export async function sendTrial({ ctx, input }: Use<{ channelId: string }>): Promise<ChannelOutcome> {
  const channel = await loadOwnChannel(ctx, input.channelId);
  const language = languageOf(channel);
  const told = {
    id: `${channel.id}.try.${ctx.newId()}`,
    kind: "try",
    at: ctx.now().toISOString(),
    migrationId: null,
    text: noticeText("try", { database: "", instance: "" }, language),
    link: channel.linkBase,
  };
  const { outcome } = await sendTold(ctx, channel, [told], AbortSignal.timeout(20_000));
  return outcome;
}

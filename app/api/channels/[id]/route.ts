import { ChannelInput, ChannelView } from "@/lib/contracts/channel";
import { IdParams } from "@/lib/server/params";
import { noContent, route } from "@/lib/server/route";
import { findChannel } from "@/lib/services/notify/list-channels";
import { removeChannel, saveChannel } from "@/lib/services/notify/save-channel";

const channel = { role: "administrator", proof: "beyond_sandbox", params: IdParams } as const;

export const PUT = route({
  ...channel,
  before: ({ ctx, params }) => findChannel({ ctx, input: { channelId: params.id } }),
  body: ChannelInput,
  output: ChannelView,
  handler: ({ ctx, params, body }) => saveChannel({ ctx, input: { channelId: params.id, channel: body } }),
});

export const DELETE = route({
  ...channel,
  before: ({ ctx, params }) => findChannel({ ctx, input: { channelId: params.id } }),
  output: null,
  handler: async ({ ctx, params }) => {
    await removeChannel({ ctx, input: { channelId: params.id } });
    return noContent();
  },
});

import { ChannelInput, ChannelView } from "@/lib/contracts/channel";
import { IdParams } from "@/lib/server/params";
import { noContent, route } from "@/lib/server/route";
import { removeChannel, saveChannel } from "@/lib/services/notify/save-channel";

const channel = { role: "viewer", scope: "nothing", proof: "beyond_sandbox", params: IdParams } as const;

export const PUT = route({
  ...channel,
  body: ChannelInput,
  output: ChannelView,
  handler: ({ ctx, params, body }) =>
    saveChannel({ ctx, input: { channelId: params.id, channel: { ...body, mine: true } } }),
});

export const DELETE = route({
  ...channel,
  output: null,
  handler: async ({ ctx, params }) => {
    await removeChannel({ ctx, input: { channelId: params.id } });
    return noContent();
  },
});

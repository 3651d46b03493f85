import { ChannelInput, ChannelListView, ChannelView } from "@/lib/contracts/channel";
import { route } from "@/lib/server/route";
import { listChannels } from "@/lib/services/notify/list-channels";
import { saveChannel } from "@/lib/services/notify/save-channel";

export const GET = route({
  role: "viewer",
  scope: "nothing",
  output: ChannelListView,
  handler: ({ ctx }) => listChannels({ ctx }),
});

export const POST = route({
  role: "administrator",
  // What is told goes there.
  proof: "beyond_sandbox",
  body: ChannelInput,
  output: ChannelView,
  status: 201,
  handler: ({ ctx, body }) => saveChannel({ ctx, input: { channelId: null, channel: body } }),
});

import { ChannelInput, ChannelView } from "@/lib/contracts/channel";
import { route } from "@/lib/server/route";
import { saveChannel } from "@/lib/services/notify/save-channel";

/** One's own: they stand in the list of all, for oneself. */
export const POST = route({
  role: "viewer",
  scope: "nothing",
  // What is told goes there.
  proof: "beyond_sandbox",
  body: ChannelInput,
  output: ChannelView,
  status: 201,
  handler: ({ ctx, body }) =>
    saveChannel({ ctx, input: { channelId: null, channel: { ...body, mine: true } } }),
});

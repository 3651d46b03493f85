import { ChannelOutcome } from "@/lib/contracts/channel";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { sendTrial } from "@/lib/services/notify/send-trial";

export const POST = route({
  role: "viewer",
  scope: "nothing",
  params: IdParams,
  output: ChannelOutcome,
  handler: ({ ctx, params }) => sendTrial({ ctx, input: { channelId: params.id } }),
});

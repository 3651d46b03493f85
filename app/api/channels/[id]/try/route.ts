import { ChannelOutcome } from "@/lib/contracts/channel";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { tryChannel } from "@/lib/services/notify/try-channel";

export const POST = route({
  role: "administrator",
  params: IdParams,
  output: ChannelOutcome,
  handler: ({ ctx, params }) => tryChannel({ ctx, input: { channelId: params.id } }),
});

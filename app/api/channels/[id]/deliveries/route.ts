import { DeliveryListView } from "@/lib/contracts/channel";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { listDeliveries } from "@/lib/services/notify/list-deliveries";

export const GET = route({
  role: "viewer",
  scope: "nothing",
  params: IdParams,
  output: DeliveryListView,
  handler: ({ ctx, params }) => listDeliveries({ ctx, input: { channelId: params.id } }),
});

import { InstanceListView } from "@/lib/contracts/instance";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatConnection } from "@/lib/server/scoped-to";
import { listInstances } from "@/lib/services/catalog/list-instances";

export const GET = route({
  role: "viewer",
  scope: thatConnection,
  params: IdParams,
  output: InstanceListView,
  handler: ({ ctx, params }) => listInstances({ ctx, input: { connectionId: params.id } }),
});

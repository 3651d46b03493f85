import { InstanceDetailView } from "@/lib/contracts/instance-detail";
import { InstanceParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { getInstance } from "@/lib/services/catalog/get-instance";

export const GET = route({
  role: "viewer",
  scope: ({ params }) => ({ connectionId: params.id, instanceId: params.instanceId }),
  params: InstanceParams,
  output: InstanceDetailView,
  handler: ({ ctx, params }) =>
    getInstance({ ctx, input: { connectionId: params.id, instanceId: params.instanceId } }),
});

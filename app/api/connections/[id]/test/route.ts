import { ConnectionTest } from "@/lib/contracts/connection";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { testConnection } from "@/lib/services/connection/test-connection";

export const POST = route({
  role: "operator",
  params: IdParams,
  output: ConnectionTest,
  handler: ({ ctx, params }) => testConnection({ ctx, input: { connectionId: params.id } }),
});

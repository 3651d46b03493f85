import { ConnectionTest } from "@/lib/contracts/connection";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatConnection } from "@/lib/server/scoped-to";
import { testConnection } from "@/lib/services/connection/test-connection";

export const POST = route({
  role: "operator",
  scope: thatConnection,
  params: IdParams,
  output: ConnectionTest,
  handler: ({ ctx, params }) => testConnection({ ctx, input: { connectionId: params.id } }),
});

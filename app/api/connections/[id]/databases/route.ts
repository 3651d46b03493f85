import { SourceDatabaseListView } from "@/lib/contracts/catalog";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatConnection } from "@/lib/server/scoped-to";
import { listDatabases } from "@/lib/services/catalog/list-databases";

export const GET = route({
  role: "operator",
  scope: thatConnection,
  params: IdParams,
  output: SourceDatabaseListView,
  handler: ({ ctx, params }) => listDatabases({ ctx, input: { connectionId: params.id } }),
});

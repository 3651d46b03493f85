import { SourceDatabaseListView } from "@/lib/contracts/catalog";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { listDatabases } from "@/lib/services/catalog/list-databases";

export const GET = route({
  role: "operator",
  params: IdParams,
  output: SourceDatabaseListView,
  handler: ({ ctx, params }) => listDatabases({ ctx, input: { connectionId: params.id } }),
});

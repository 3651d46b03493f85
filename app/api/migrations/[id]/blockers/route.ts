import { BlockerListView, IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatMigration } from "@/lib/server/scoped-to";
import { listBlockers } from "@/lib/services/draft/list-blockers";

export const GET = route({
  role: "viewer",
  scope: thatMigration,
  params: IdParams,
  output: BlockerListView,
  handler: ({ ctx, params }) => listBlockers({ ctx, input: { migrationId: params.id } }),
});

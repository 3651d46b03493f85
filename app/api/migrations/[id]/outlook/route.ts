import { OutlookView } from "@/lib/contracts/outlook";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatMigration } from "@/lib/server/scoped-to";
import { getOutlook } from "@/lib/services/migration/get-outlook";

export const GET = route({
  role: "viewer",
  scope: thatMigration,
  params: IdParams,
  output: OutlookView,
  handler: ({ ctx, params }) => getOutlook({ ctx, input: { migrationId: params.id } }),
});

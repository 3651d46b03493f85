import { OutlookView } from "@/lib/contracts/outlook";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { getOutlook } from "@/lib/services/migration/get-outlook";

export const GET = route({
  role: "viewer",
  params: IdParams,
  output: OutlookView,
  handler: ({ ctx, params }) => getOutlook({ ctx, input: { migrationId: params.id } }),
});

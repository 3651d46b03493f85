import { WayBackView } from "@/lib/contracts/way-back";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatMigration } from "@/lib/server/scoped-to";
import { getWayBack } from "@/lib/services/aftercare/get-way-back";

export const GET = route({
  role: "viewer",
  scope: thatMigration,
  params: IdParams,
  output: WayBackView,
  handler: ({ ctx, params }) => getWayBack({ ctx, input: { migrationId: params.id } }),
});

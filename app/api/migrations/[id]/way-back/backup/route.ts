import { WayBackView } from "@/lib/contracts/way-back";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatMigration } from "@/lib/server/scoped-to";
import { startWayBackBackup } from "@/lib/services/aftercare/start-way-back-backup";

export const POST = route({
  role: "operator",
  scope: thatMigration,
  params: IdParams,
  output: WayBackView,
  handler: ({ ctx, params }) => startWayBackBackup({ ctx, input: { migrationId: params.id } }),
});

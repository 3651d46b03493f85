import { MigrationAction, MigrationView } from "@/lib/contracts/migration";
import { IdParams } from "@/lib/server/params";
import { proofOfAction } from "@/lib/server/proof-of-action";
import { route } from "@/lib/server/route";
import { thatMigration } from "@/lib/server/scoped-to";
import { actOnMigration } from "@/lib/services/migration/act-on-migration";

export const POST = route({
  role: "operator",
  scope: thatMigration,
  params: IdParams,
  body: MigrationAction,
  proof: proofOfAction,
  output: MigrationView,
  handler: ({ ctx, params, body }) =>
    actOnMigration({ ctx, input: { migrationId: params.id, action: body } }),
});

import { AftercareAction, AftercareView } from "@/lib/contracts/aftercare";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatMigration } from "@/lib/server/scoped-to";
import { actOnAftercare } from "@/lib/services/aftercare/act-on-aftercare";
import { getAftercare } from "@/lib/services/aftercare/get-aftercare";

export const GET = route({
  role: "viewer",
  scope: thatMigration,
  params: IdParams,
  output: AftercareView,
  handler: ({ ctx, params }) => getAftercare({ ctx, input: { migrationId: params.id } }),
});

export const POST = route({
  role: "operator",
  scope: thatMigration,
  params: IdParams,
  body: AftercareAction,
  output: AftercareView,
  handler: ({ ctx, params, body }) =>
    actOnAftercare({ ctx, input: { migrationId: params.id, action: body } }),
});

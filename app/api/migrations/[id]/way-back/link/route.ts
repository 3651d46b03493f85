import { WayBackLink, WayBackLinkRequest } from "@/lib/contracts/way-back";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatMigration } from "@/lib/server/scoped-to";
import { giveWayBackLink } from "@/lib/services/aftercare/give-way-back-link";

export const POST = route({
  role: "operator",
  scope: thatMigration,
  proof: "beyond_sandbox",
  params: IdParams,
  body: WayBackLinkRequest,
  output: WayBackLink,
  handler: ({ ctx, params, body }) => giveWayBackLink({ ctx, input: { migrationId: params.id, ...body } }),
});

import { CleanUpInput, CleanUpView, LeftoverView } from "@/lib/contracts/bucket";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatMigration } from "@/lib/server/scoped-to";
import { cleanUp } from "@/lib/services/bucket/clean-up";
import { listLeftovers } from "@/lib/services/bucket/list-leftovers";

export const GET = route({
  role: "operator",
  scope: thatMigration,
  params: IdParams,
  output: LeftoverView,
  handler: ({ ctx, params }) => listLeftovers({ ctx, input: { migrationId: params.id } }),
});

export const POST = route({
  role: "operator",
  scope: thatMigration,
  params: IdParams,
  proof: "beyond_sandbox",
  body: CleanUpInput,
  output: CleanUpView,
  handler: ({ ctx, params, body }) => cleanUp({ ctx, input: { ...body, migrationId: params.id } }),
});

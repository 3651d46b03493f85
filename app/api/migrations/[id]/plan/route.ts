import { PlanView } from "@/lib/contracts/plan";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatMigration } from "@/lib/server/scoped-to";
import { planDraft } from "@/lib/services/draft/plan-draft";

export const GET = route({
  role: "viewer",
  scope: thatMigration,
  params: IdParams,
  output: PlanView,
  handler: ({ ctx, params }) => planDraft({ ctx, input: { migrationId: params.id } }),
});

import { PlanView } from "@/lib/contracts/plan";
import { IdParams, PlanQuery } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { planDraft } from "@/lib/services/draft/plan-draft";

export const GET = route({
  role: "viewer",
  params: IdParams,
  query: PlanQuery,
  output: PlanView,
  handler: ({ ctx, params, query }) => planDraft({ ctx, input: { migrationId: params.id, ...query } }),
});

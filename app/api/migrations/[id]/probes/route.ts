import { ProbeListView } from "@/lib/contracts/migration";
import { runProbes } from "@/lib/preflight/run-probes";
import { IdParams, ProbesQuery } from "@/lib/server/params";
import { route } from "@/lib/server/route";

export const GET = route({
  role: "operator",
  params: IdParams,
  query: ProbesQuery,
  output: ProbeListView,
  handler: ({ ctx, params, query }) =>
    runProbes({ ctx, input: { migrationId: params.id, step: query.step } }),
});

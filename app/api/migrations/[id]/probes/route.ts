import { ProbeListView } from "@/lib/contracts/migration";
import { runProbes } from "@/lib/preflight/run-probes";
import { IdParams, ProbesBody } from "@/lib/server/params";
import { route } from "@/lib/server/route";

export const POST = route({
  role: "operator",
  params: IdParams,
  body: ProbesBody,
  output: ProbeListView,
  handler: ({ ctx, params, body }) => runProbes({ ctx, input: { migrationId: params.id, step: body.step } }),
});

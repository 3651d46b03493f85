import { ProbeListView } from "@/lib/contracts/migration";
import { runProbes } from "@/lib/preflight/run-probes";
import { IdParams, ProbesBody } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatMigration } from "@/lib/server/scoped-to";

export const POST = route({
  role: "operator",
  scope: thatMigration,
  params: IdParams,
  body: ProbesBody,
  output: ProbeListView,
  handler: ({ ctx, params, body }) => runProbes({ ctx, input: { migrationId: params.id, step: body.step } }),
});

import { CheckRunInput, PreflightView } from "@/lib/contracts/preflight";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { runCheck } from "@/lib/services/preflight/run-check";

export const POST = route({
  role: "operator",
  params: IdParams,
  body: CheckRunInput,
  output: PreflightView,
  handler: ({ ctx, params, body }) => runCheck({ ctx, input: { migrationId: params.id, ...body } }),
});

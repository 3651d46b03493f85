import { CheckRunInput, PreflightView } from "@/lib/contracts/preflight";
import { runCheck } from "@/lib/preflight/run-check";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";

export const POST = route({
  role: "operator",
  params: IdParams,
  body: CheckRunInput,
  output: PreflightView,
  handler: ({ ctx, params, body }) => runCheck({ ctx, input: { migrationId: params.id, ...body } }),
});

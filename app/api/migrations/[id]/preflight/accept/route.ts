import { AcceptWarningInput, PreflightView } from "@/lib/contracts/preflight";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { acceptWarning } from "@/lib/services/preflight/accept-warning";

export const POST = route({
  role: "operator",
  params: IdParams,
  body: AcceptWarningInput,
  output: PreflightView,
  handler: ({ ctx, params, body }) => acceptWarning({ ctx, input: { migrationId: params.id, ...body } }),
});

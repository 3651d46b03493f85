import { AcceptWarningInput, PreflightView } from "@/lib/contracts/preflight";
import { acceptWarning } from "@/lib/preflight/accept-warning";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatMigration } from "@/lib/server/scoped-to";

export const POST = route({
  role: "operator",
  scope: thatMigration,
  params: IdParams,
  body: AcceptWarningInput,
  output: PreflightView,
  handler: ({ ctx, params, body }) => acceptWarning({ ctx, input: { migrationId: params.id, ...body } }),
});

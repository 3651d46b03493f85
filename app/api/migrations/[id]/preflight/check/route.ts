import { CheckRunInput, PreflightView } from "@/lib/contracts/preflight";
import { runCheck } from "@/lib/preflight/run-check";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatMigration } from "@/lib/server/scoped-to";

export const POST = route({
  role: "operator",
  scope: thatMigration,
  params: IdParams,
  body: CheckRunInput,
  output: PreflightView,
  handler: ({ ctx, params, body }) => runCheck({ ctx, input: { migrationId: params.id, ...body } }),
});

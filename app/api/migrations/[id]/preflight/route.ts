import { PreflightView, RunPreflightInput } from "@/lib/contracts/preflight";
import { listPreflight } from "@/lib/preflight/list-preflight";
import { runPreflight } from "@/lib/preflight/run-preflight";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatMigration } from "@/lib/server/scoped-to";

export const GET = route({
  role: "viewer",
  scope: thatMigration,
  params: IdParams,
  output: PreflightView,
  handler: ({ ctx, params }) => listPreflight({ ctx, input: { migrationId: params.id } }),
});

export const POST = route({
  role: "operator",
  scope: thatMigration,
  params: IdParams,
  body: RunPreflightInput,
  output: PreflightView,
  handler: ({ ctx, params, body }) => runPreflight({ ctx, input: { migrationId: params.id, ...body } }),
});

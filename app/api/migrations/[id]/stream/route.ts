import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatMigration } from "@/lib/server/scoped-to";
import { streamMigration } from "@/lib/server/stream-migration";

export const GET = route({
  role: "viewer",
  scope: thatMigration,
  params: IdParams,
  output: null,
  handler: ({ ctx, params, request }) => streamMigration(ctx, params.id, request),
});

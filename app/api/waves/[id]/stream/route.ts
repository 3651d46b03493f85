import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { streamWave } from "@/lib/server/stream-wave";

export const GET = route({
  role: "viewer",
  params: IdParams,
  output: null,
  handler: ({ ctx, params, request }) => streamWave(ctx, params.id, request),
});

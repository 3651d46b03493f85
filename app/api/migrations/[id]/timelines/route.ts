import { TimelinesView } from "@/lib/contracts/draft-timelines";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { findTimelines } from "@/lib/services/draft/find-timelines";

export const GET = route({
  role: "operator",
  params: IdParams,
  output: TimelinesView,
  handler: ({ ctx, params }) => findTimelines({ ctx, input: { migrationId: params.id } }),
});

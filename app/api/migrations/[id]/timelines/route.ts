import { TimelinesView } from "@/lib/contracts/draft-timelines";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatMigration } from "@/lib/server/scoped-to";
import { findTimelines } from "@/lib/services/draft/find-timelines";

export const GET = route({
  role: "operator",
  scope: thatMigration,
  params: IdParams,
  output: TimelinesView,
  handler: ({ ctx, params }) => findTimelines({ ctx, input: { migrationId: params.id } }),
});

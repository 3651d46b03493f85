import { EventListView } from "@/lib/contracts/event";
import { EventsQuery, IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatMigration } from "@/lib/server/scoped-to";
import { listEvents } from "@/lib/services/event/list-events";

export const GET = route({
  role: "viewer",
  scope: thatMigration,
  params: IdParams,
  query: EventsQuery,
  output: EventListView,
  handler: ({ ctx, params, query }) =>
    listEvents({ ctx, input: { migrationId: params.id, after: query.after } }),
});

import { RecordListView } from "@/lib/contracts/record";
import { RecordsFilter } from "@/lib/contracts/record-input";
import { route } from "@/lib/server/route";
import { listTasks } from "@/lib/services/record/list-tasks";

export const GET = route({
  role: "viewer",
  scope: ({ query }) => ({ connectionId: query.connectionId, instanceId: query.instanceId }),
  query: RecordsFilter,
  output: RecordListView,
  handler: ({ ctx, query }) => listTasks({ ctx, input: query }),
});

import { RecordListView, RecordsFilter } from "@/lib/contracts/record";
import { route } from "@/lib/server/route";
import { listTasks } from "@/lib/services/record/list-tasks";

export const GET = route({
  role: "viewer",
  query: RecordsFilter,
  output: RecordListView,
  handler: ({ ctx, query }) => listTasks({ ctx, input: query }),
});

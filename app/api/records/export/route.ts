import { RecordsFilter } from "@/lib/contracts/record-input";
import { csvDownload } from "@/lib/server/download";
import { route } from "@/lib/server/route";
import { listTasks } from "@/lib/services/record/list-tasks";
import { tasksCsv } from "@/lib/services/record/tasks-csv";

export const GET = route({
  role: "viewer",
  scope: ({ query }) => ({ connectionId: query.connectionId, instanceId: query.instanceId }),
  noted: "calls",
  query: RecordsFilter,
  output: null,
  handler: async ({ ctx, query }) => {
    const { tasks } = await listTasks({ ctx, input: query });
    return csvDownload(tasksCsv(tasks), `records-${query.instanceId}-${query.from}-${query.to}.csv`);
  },
});

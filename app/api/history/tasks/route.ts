import { HistoryFilter, HistoryTaskPage } from "@/lib/contracts/history";
import { route } from "@/lib/server/route";
import { findTasks } from "@/lib/services/history/find-tasks";

export const GET = route({
  role: "viewer",
  scope: "filtered",
  query: HistoryFilter,
  output: HistoryTaskPage,
  handler: ({ ctx, query }) => findTasks({ ctx, input: query }),
});

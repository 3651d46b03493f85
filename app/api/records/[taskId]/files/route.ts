import { RecordFileListView } from "@/lib/contracts/record-file";
import { TaskParams, TaskQuery } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatTask } from "@/lib/server/scoped-to";
import { listFiles } from "@/lib/services/record/list-files";

export const GET = route({
  role: "viewer",
  scope: thatTask,
  params: TaskParams,
  query: TaskQuery,
  output: RecordFileListView,
  handler: ({ ctx, params, query }) => listFiles({ ctx, input: { taskId: params.taskId, ...query } }),
});

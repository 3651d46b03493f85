import { UploadIncrementalInput } from "@/lib/contracts/record-input";
import { ImportAccepted, NextFileJudged, NextFileQuery, TaskParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatTask } from "@/lib/server/scoped-to";
import { judgeIncremental } from "@/lib/services/record/judge-next-file";
import { uploadIncremental } from "@/lib/services/record/upload-incremental";

export const GET = route({
  role: "viewer",
  scope: thatTask,
  params: TaskParams,
  query: NextFileQuery,
  output: NextFileJudged,
  handler: ({ ctx, params, query }) => judgeIncremental({ ctx, input: { taskId: params.taskId, ...query } }),
});

export const POST = route({
  role: "operator",
  scope: thatTask,
  params: TaskParams,
  body: UploadIncrementalInput,
  output: ImportAccepted,
  handler: ({ ctx, params, body }) =>
    uploadIncremental({ ctx, input: { taskId: params.taskId, upload: body } }),
});

import { UploadIncrementalInput } from "@/lib/contracts/record-input";
import { ImportAccepted, TaskParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { uploadIncremental } from "@/lib/services/record/upload-incremental";

export const POST = route({
  role: "operator",
  params: TaskParams,
  body: UploadIncrementalInput,
  output: ImportAccepted,
  handler: ({ ctx, params, body }) =>
    uploadIncremental({ ctx, input: { taskId: params.taskId, upload: body } }),
});

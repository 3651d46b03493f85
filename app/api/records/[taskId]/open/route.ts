import { OpenDatabaseInput } from "@/lib/contracts/record-input";
import { OpenAccepted, TaskParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatTask } from "@/lib/server/scoped-to";
import { openDatabase } from "@/lib/services/record/open-database";

export const POST = route({
  role: "operator",
  scope: thatTask,
  params: TaskParams,
  proof: "beyond_sandbox",
  body: OpenDatabaseInput,
  output: OpenAccepted,
  handler: ({ ctx, params, body }) => openDatabase({ ctx, input: { taskId: params.taskId, open: body } }),
});

import { IdParams } from "@/lib/server/params";
import { noContent, route } from "@/lib/server/route";
import { endSession } from "@/lib/services/people/sessions";

export const DELETE = route({
  role: "viewer",
  scope: "nothing",
  noted: "refusals",
  params: IdParams,
  output: null,
  handler: async ({ ctx, params }) => {
    await endSession({ ctx, input: { sessionId: params.id } });
    return noContent();
  },
});

import { IdParams } from "@/lib/server/params";
import { noContent, route } from "@/lib/server/route";
import { revokeShareLink } from "@/lib/services/share/share-links";

export const DELETE = route({
  role: "operator",
  noted: "refusals",
  params: IdParams,
  output: null,
  handler: async ({ ctx, params }) => {
    await revokeShareLink({ ctx, input: { linkId: params.id } });
    return noContent();
  },
});

import { LinkView } from "@/lib/contracts/people";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { renewLink } from "@/lib/services/people/sign-in-links";

export const POST = route({
  role: "administrator",
  proof: "always",
  noted: "refusals",
  params: IdParams,
  output: LinkView,
  handler: ({ ctx, params }) => renewLink({ ctx, input: { personId: params.id } }),
});

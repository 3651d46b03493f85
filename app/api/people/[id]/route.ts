import { PersonChange } from "@/lib/contracts/people";
import { IdParams } from "@/lib/server/params";
import { noContent, route } from "@/lib/server/route";
import { changePerson } from "@/lib/services/people/change-person";

export const PUT = route({
  role: "administrator",
  proof: "always",
  noted: "refusals",
  params: IdParams,
  body: PersonChange,
  output: null,
  handler: async ({ ctx, params, body }) => {
    await changePerson({ ctx, input: { personId: params.id, ...body } });
    return noContent();
  },
});

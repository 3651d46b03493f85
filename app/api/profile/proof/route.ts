import { ProofInput } from "@/lib/contracts/people";
import { noContent, route } from "@/lib/server/route";
import { prove } from "@/lib/services/people/prove";

export const POST = route({
  role: "viewer",
  scope: "nothing",
  // Its service notes it, and what it refuses.
  noted: "refusals",
  body: ProofInput,
  output: null,
  handler: ({ ctx, body }) => prove({ ctx, input: body }).then(noContent),
});

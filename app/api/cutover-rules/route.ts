import { CutoverRules } from "@/lib/contracts/cutover-rules";
import { route } from "@/lib/server/route";
import { getCutoverRules, saveCutoverRules } from "@/lib/services/migration/cutover-rules";

export const GET = route({
  role: "viewer",
  scope: "nothing",
  output: CutoverRules,
  handler: ({ ctx }) => getCutoverRules({ ctx }),
});

export const PUT = route({
  role: "administrator",
  proof: "beyond_sandbox",
  before: ({ ctx }) => getCutoverRules({ ctx }),
  body: CutoverRules,
  output: CutoverRules,
  handler: ({ ctx, body }) => saveCutoverRules({ ctx, input: body }),
});

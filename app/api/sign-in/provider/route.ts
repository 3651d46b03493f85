import { AttemptInput } from "@/lib/contracts/identity";
import { sentToProvider } from "@/lib/server/at-provider";
import { route } from "@/lib/server/route";

export const POST = route({
  role: null,
  body: AttemptInput,
  output: null,
  handler: ({ ctx, body, request }) => sentToProvider(ctx, request, { purpose: "sign_in", next: body.next }),
});

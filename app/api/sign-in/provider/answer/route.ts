import { ProviderAnswer } from "@/lib/contracts/identity";
import { backFromProvider } from "@/lib/server/at-provider";
import { route } from "@/lib/server/route";

export const POST = route({
  role: null,
  body: ProviderAnswer,
  output: null,
  handler: ({ ctx, body, request }) => backFromProvider(ctx, request, body.answer),
});

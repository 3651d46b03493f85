import { route } from "@/lib/server/route";
import { passkeyAsked } from "@/lib/server/with-passkey";

export const POST = route({
  role: null,
  output: null,
  handler: ({ ctx, request }) => passkeyAsked(ctx, request, "sign_in"),
});

import { PasskeyAnswer } from "@/lib/contracts/passkey";
import { route } from "@/lib/server/route";
import { signedInByPasskey } from "@/lib/server/with-passkey";

export const POST = route({
  role: null,
  body: PasskeyAnswer,
  output: null,
  handler: ({ ctx, body, request }) => signedInByPasskey(ctx, request, body),
});

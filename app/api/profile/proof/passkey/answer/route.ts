import { PasskeyAnswer } from "@/lib/contracts/passkey";
import { route } from "@/lib/server/route";
import { provedByPasskey } from "@/lib/server/with-passkey";

export const POST = route({
  role: "viewer",
  scope: "nothing",
  // Its service notes it, and what it refuses.
  noted: "refusals",
  body: PasskeyAnswer,
  output: null,
  handler: ({ ctx, body, request }) => provedByPasskey(ctx, request, body),
});

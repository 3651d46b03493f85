import { PasskeyInput, PasskeyListView } from "@/lib/contracts/passkey";
import { route } from "@/lib/server/route";
import { passkeyAdded } from "@/lib/server/with-passkey";
import { listPasskeys } from "@/lib/services/people/passkeys";

export const GET = route({
  role: "viewer",
  scope: "nothing",
  output: PasskeyListView,
  handler: ({ ctx }) => listPasskeys({ ctx }),
});

export const POST = route({
  role: "viewer",
  scope: "nothing",
  noted: "refusals",
  // A way in.
  proof: "always",
  body: PasskeyInput,
  output: null,
  handler: ({ ctx, body, request }) => passkeyAdded(ctx, request, body),
});

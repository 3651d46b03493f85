import { route } from "@/lib/server/route";
import { passkeyAsked } from "@/lib/server/with-passkey";

export const POST = route({
  role: "viewer",
  scope: "nothing",
  // Nothing has happened yet: what comes back is noted.
  noted: "refusals",
  output: null,
  handler: ({ ctx, request }) => passkeyAsked(ctx, request, "proof"),
});

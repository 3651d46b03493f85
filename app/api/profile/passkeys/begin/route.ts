import { route } from "@/lib/server/route";
import { passkeyBegun } from "@/lib/server/with-passkey";

export const POST = route({
  role: "viewer",
  scope: "nothing",
  // Nothing has happened yet: what was made is noted.
  noted: "refusals",
  proof: "always",
  output: null,
  handler: ({ ctx, request }) => passkeyBegun(ctx, request),
});

import { onlyCookie, route } from "@/lib/server/route";
import { noSessionCookie } from "@/lib/server/session-cookie";
import { signOut } from "@/lib/services/people/sessions";

export const POST = route({
  role: "viewer",
  scope: "nothing",
  noted: "refusals",
  output: null,
  handler: async ({ ctx, request }) => {
    await signOut({ ctx });
    return onlyCookie(noSessionCookie(request));
  },
});

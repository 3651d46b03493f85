import { PasswordInput } from "@/lib/contracts/people";
import { onlyCookie, route } from "@/lib/server/route";
import { sessionCookie } from "@/lib/server/session-cookie";
import { setPassword } from "@/lib/services/people/set-password";

export const PUT = route({
  role: "viewer",
  scope: "nothing",
  noted: "refusals",
  body: PasswordInput,
  output: null,
  handler: async ({ ctx, body, request }) => {
    const { token } = await setPassword({ ctx, input: body });
    return onlyCookie(sessionCookie(request, token));
  },
});

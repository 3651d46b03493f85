import { SignInInput } from "@/lib/contracts/people";
import { onlyCookie, route } from "@/lib/server/route";
import { sessionCookie } from "@/lib/server/session-cookie";
import { signIn } from "@/lib/services/people/sign-in";

export const POST = route({
  role: null,
  body: SignInInput,
  output: null,
  handler: async ({ ctx, body, request }) => {
    const { token } = await signIn({ ctx, input: body });
    return onlyCookie(sessionCookie(request, token));
  },
});

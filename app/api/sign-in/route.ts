import { SignInWays } from "@/lib/contracts/identity";
import { SignInInput } from "@/lib/contracts/people";
import { onlyCookie, route } from "@/lib/server/route";
import { sessionCookie } from "@/lib/server/session-cookie";
import { signInByDirectory } from "@/lib/services/people/directory-sign-in";
import { listSignInWays } from "@/lib/services/people/provider-sign-in";
import { signIn } from "@/lib/services/people/sign-in";
import { hasPasskeys } from "@/lib/services/people/use-passkey";

export const GET = route({
  role: null,
  output: SignInWays,
  handler: async ({ ctx }) => ({ ...listSignInWays({ ctx }), passkey: await hasPasskeys({ ctx }) }),
});

export const POST = route({
  role: null,
  body: SignInInput,
  output: null,
  handler: async ({ ctx, body, request }) => {
    const { at, ...input } = body;
    const { token } = await (at === "here" ? signIn : signInByDirectory)({ ctx, input });
    return onlyCookie(sessionCookie(request, token));
  },
});

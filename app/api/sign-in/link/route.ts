import { LinkInput, LinkTaken } from "@/lib/contracts/people";
import { route } from "@/lib/server/route";
import { sessionCookie } from "@/lib/server/session-cookie";
import { useLink } from "@/lib/services/people/sign-in-links";

export const POST = route({
  role: null,
  body: LinkInput,
  output: null,
  handler: async ({ ctx, body, request }) => {
    const { token, purpose } = await useLink({ ctx, input: body });
    const headers = { "set-cookie": sessionCookie(request, token), "cache-control": "no-store" };
    return Response.json(LinkTaken.parse({ purpose }), { headers });
  },
});

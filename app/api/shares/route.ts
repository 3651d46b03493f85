import { LinkView } from "@/lib/contracts/people";
import { ShareInput, ShareLinkListView } from "@/lib/contracts/share";
import { route } from "@/lib/server/route";
import { listShareLinks, makeShareLink } from "@/lib/services/share/share-links";

export const GET = route({
  role: "operator",
  output: ShareLinkListView,
  handler: ({ ctx }) => listShareLinks({ ctx }),
});

export const POST = route({
  role: "operator",
  noted: "refusals",
  // Whoever gets the link reads without an account.
  proof: "beyond_sandbox",
  body: ShareInput,
  output: LinkView,
  status: 201,
  handler: ({ ctx, body }) => makeShareLink({ ctx, input: body }),
});

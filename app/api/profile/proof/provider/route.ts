import { sentToProvider } from "@/lib/server/at-provider";
import { route } from "@/lib/server/route";

export const POST = route({
  role: "viewer",
  scope: "nothing",
  // Nothing has happened yet: what comes back is noted.
  noted: "refusals",
  output: null,
  handler: ({ ctx, request }) => sentToProvider(ctx, request, { purpose: "proof", next: "/" }),
});

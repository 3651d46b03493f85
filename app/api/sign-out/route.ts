import { signedOut } from "@/lib/server/at-provider";
import { route } from "@/lib/server/route";

export const POST = route({
  role: "viewer",
  scope: "nothing",
  noted: "refusals",
  output: null,
  handler: ({ ctx, request }) => signedOut(ctx, request),
});

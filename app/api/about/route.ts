import { AboutView } from "@/lib/contracts/about";
import { route } from "@/lib/server/route";
import { readAbout } from "@/lib/services/settings/read-about";

export const GET = route({
  role: "viewer",
  scope: "nothing",
  output: AboutView,
  handler: ({ ctx }) => readAbout({ ctx }),
});

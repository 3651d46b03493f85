import { ProfileView } from "@/lib/contracts/people";
import { route } from "@/lib/server/route";
import { readProfile } from "@/lib/services/people/set-password";

export const GET = route({
  role: "viewer",
  scope: "nothing",
  output: ProfileView,
  handler: ({ ctx }) => readProfile({ ctx }),
});

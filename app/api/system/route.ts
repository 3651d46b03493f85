import { SystemView } from "@/lib/contracts/system";
import { route } from "@/lib/server/route";
import { describeSystem } from "@/lib/services/people/describe-system";

export const GET = route({
  role: "viewer",
  scope: "nothing",
  output: SystemView,
  handler: ({ ctx }) => describeSystem({ ctx }),
});

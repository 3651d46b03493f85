import { WayInput, WayTriedView } from "@/lib/contracts/ways-in";
import { route } from "@/lib/server/route";
import { tryWayIn } from "@/lib/services/people/ways-in";

export const POST = route({
  role: "administrator",
  body: WayInput,
  output: WayTriedView,
  handler: ({ ctx, body }) => tryWayIn({ ctx, input: body }),
});

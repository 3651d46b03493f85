import { WaysInView } from "@/lib/contracts/ways-in";
import { route } from "@/lib/server/route";
import { listWaysIn } from "@/lib/services/people/ways-in";

export const GET = route({
  role: "administrator",
  output: WaysInView,
  handler: ({ ctx }) => listWaysIn({ ctx }),
});

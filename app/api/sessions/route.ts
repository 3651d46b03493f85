import { SessionListView } from "@/lib/contracts/people";
import { route } from "@/lib/server/route";
import { listSessions } from "@/lib/services/people/sessions";

export const GET = route({
  role: "viewer",
  scope: "nothing",
  output: SessionListView,
  handler: ({ ctx }) => listSessions({ ctx }),
});

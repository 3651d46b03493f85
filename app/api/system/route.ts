import { SystemView } from "@/lib/contracts/system";
import { route } from "@/lib/server/route";

export const GET = route({
  role: "viewer",
  output: SystemView,
  handler: ({ ctx }) => ({
    ...ctx.system,
    person: { id: ctx.actor.id, name: ctx.actor.name, role: ctx.actor.role },
    serverNow: ctx.now().toISOString(),
  }),
});

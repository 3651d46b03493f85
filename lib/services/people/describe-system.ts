import type { Ctx } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { SystemView } from "@/lib/contracts/system";
import { scopeOf } from "@/lib/services/scope/require-scope";

/** What runs here, and who asks. */
export function describeSystem({ ctx }: { ctx: Ctx }): SystemView {
  const { actor } = ctx;
  requireRole(actor, "viewer");
  return {
    ...ctx.system,
    person: { id: actor.id, name: actor.name, role: actor.role, limited: scopeOf(actor) !== null },
    serverNow: ctx.now().toISOString(),
  };
}

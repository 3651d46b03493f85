import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { ConnectionView } from "@/lib/contracts/connection";
import { scopeOf } from "@/lib/services/scope/require-scope";
import { toConnectionView } from "./connection-view";

/** Every connection that is not archived, the sandbox's last, else by name; to who is limited, those of their limits. */
export async function listConnections({
  ctx,
}: Use<Record<string, never>>): Promise<{ connections: ConnectionView[] }> {
  requireRole(ctx.actor, "viewer");
  const limits = scopeOf(ctx.actor)?.connections ?? [];
  const rows = await ctx.db.connection.findMany({
    where: { archivedAt: null, ...(limits.length === 0 ? {} : { id: { in: [...limits] } }) },
    orderBy: [{ sandbox: "asc" }, { name: "asc" }, { id: "asc" }],
    include: { _count: { select: { sourceOf: true, cloudOf: true } } },
  });
  return {
    connections: rows.map((row) => toConnectionView(row, row._count.sourceOf + row._count.cloudOf)),
  };
}

import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { ConnectionView } from "@/lib/contracts/connection";
import { loadConnection, usersOf } from "@/lib/store/load-connection";
import { toConnectionView } from "./connection-view";

export async function getConnection({ ctx, input }: Use<{ connectionId: string }>): Promise<ConnectionView> {
  requireRole(ctx.actor, "viewer");
  const row = await loadConnection(ctx.db, input.connectionId);
  return toConnectionView(row, await ctx.db.migration.count({ where: usersOf(row.id) }));
}

import type { ConnectionView } from "@/lib/contracts/connection";
import type { Use } from "../context";
import { requireRole } from "../require-role";
import { toConnectionView } from "./connection-view";
import { loadConnection, usersOf } from "./load-connection";

export async function getConnection({ ctx, input }: Use<{ connectionId: string }>): Promise<ConnectionView> {
  requireRole(ctx.actor, "viewer");
  const row = await loadConnection(ctx.db, input.connectionId);
  return toConnectionView(row, await ctx.db.migration.count({ where: usersOf(row.id) }));
}

import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { InstanceView } from "@/lib/contracts/instance";
import { loadConnection } from "@/lib/store/load-connection";

/** RDS for SQL Server instances of the account's region. */
export async function listInstances({
  ctx,
  input,
}: Use<{ connectionId: string }>): Promise<{ instances: InstanceView[] }> {
  requireRole(ctx.actor, "viewer");
  const { id } = await loadConnection(ctx.db, input.connectionId, "cloud_account");
  const rds = await ctx.clients.rds(id);
  return { instances: await rds.listInstances() };
}

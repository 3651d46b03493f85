import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { InstanceView } from "@/lib/contracts/instance";
import { lets, scopeOf } from "@/lib/services/scope/require-scope";
import { loadConnection } from "@/lib/store/load-connection";

/** RDS for SQL Server instances of the account's region; to who is limited, those of their limits. */
export async function listInstances({
  ctx,
  input,
}: Use<{ connectionId: string }>): Promise<{ instances: InstanceView[] }> {
  requireRole(ctx.actor, "viewer");
  const { id } = await loadConnection(ctx.db, input.connectionId, "cloud_account");
  const rds = await ctx.clients.rds(id);
  const instances = await rds.listInstances();
  const limits = scopeOf(ctx.actor)?.instances ?? [];
  return { instances: instances.filter(({ instanceId }) => lets(limits, instanceId)) };
}

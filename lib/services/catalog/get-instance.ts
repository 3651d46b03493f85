import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { InstanceDetailView } from "@/lib/contracts/instance-detail";
import { lets, scopeOf } from "@/lib/services/scope/require-scope";
import { loadConnection } from "@/lib/store/load-connection";

/** An instance with its space, its databases and whether RDS may read the account's buckets. */
export async function getInstance({
  ctx,
  input,
}: Use<{ connectionId: string; instanceId: string }>): Promise<InstanceDetailView> {
  requireRole(ctx.actor, "viewer");
  const limits = scopeOf(ctx.actor)?.databases ?? [];
  const { id } = await loadConnection(ctx.db, input.connectionId, "cloud_account");
  const rds = await ctx.clients.rds(id);
  const [detail, usage, databases, importRole] = await Promise.all([
    rds.getInstance(input.instanceId),
    rds.getUsage(input.instanceId),
    rds.listDatabases(input.instanceId),
    rds.checkImportRole(),
  ]);
  return {
    instanceId: detail.instanceId,
    description: detail.description,
    status: detail.status,
    engineVersion: detail.engineVersion,
    category: detail.category,
    regionId: detail.regionId,
    lockMode: detail.lockMode,
    storageBytes: detail.storageBytes,
    usedBytes: usage.diskUsedBytes,
    maxDatabases: detail.maxDatabases,
    databases: databases
      .filter(({ name }) => lets(limits, name))
      .map(({ name, status }) => ({ name, status })),
    importRole,
  };
}

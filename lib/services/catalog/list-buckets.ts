import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { BucketView } from "@/lib/contracts/catalog";
import { loadConnection } from "@/lib/store/load-connection";

/** Every bucket of the account, in all regions: the wizard says which ones RDS cannot read. */
export async function listBuckets({
  ctx,
  input,
}: Use<{ connectionId: string }>): Promise<{ buckets: BucketView[] }> {
  requireRole(ctx.actor, "operator");
  const { id } = await loadConnection(ctx.db, input.connectionId, "cloud_account");
  const objects = await ctx.clients.objects(id);
  return { buckets: await objects.listBuckets() };
}

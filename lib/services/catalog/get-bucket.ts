import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { BucketDetailView } from "@/lib/contracts/catalog";
import { loadConnection } from "@/lib/store/load-connection";

/** A bucket as RDS will see it: region, storage class, encryption. */
export async function getBucket({
  ctx,
  input,
}: Use<{ connectionId: string; bucket: string }>): Promise<BucketDetailView> {
  requireRole(ctx.actor, "operator");
  const { id } = await loadConnection(ctx.db, input.connectionId, "cloud_account");
  const objects = await ctx.clients.objects(id);
  return objects.bucketInfo(input.bucket);
}

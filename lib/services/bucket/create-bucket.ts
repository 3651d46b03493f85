import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { CreateBucketInput } from "@/lib/contracts/bucket";
import type { BucketDetailView } from "@/lib/contracts/catalog";
import { AppError } from "@/lib/diagnosis/app-error";
import { bucketNameProblem } from "@/lib/migration/bucket-name";
import { loadConnection } from "@/lib/store/load-connection";

/**
 * Makes a bucket as the guide wants it: in the instance's region, Standard, private, unencrypted; and looks at what came of
 * it. Throws `validation`/`bucket_name_invalid`, ExternalError (`BucketAlreadyExists`: somebody in the world has the name).
 */
export async function createBucket({
  ctx,
  input,
}: Use<CreateBucketInput & { connectionId: string }>): Promise<BucketDetailView> {
  requireRole(ctx.actor, "operator");
  const { id } = await loadConnection(ctx.db, input.connectionId, "cloud_account");
  const name = input.name.trim();
  if (bucketNameProblem(name) !== null) {
    throw new AppError("validation", "bucket_name_invalid", { name }, [
      { path: "name", reason: "field_invalid" },
    ]);
  }
  const objects = await ctx.clients.objects(id);
  await objects.createBucket({ bucket: name, regionId: input.regionId });
  return objects.bucketInfo(name);
}

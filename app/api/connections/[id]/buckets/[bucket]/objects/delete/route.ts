import { DeleteObjectInput, DeleteObjectView } from "@/lib/contracts/bucket";
import { BucketParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatBucket } from "@/lib/server/scoped-to";
import { deleteObject } from "@/lib/services/bucket/delete-object";

export const POST = route({
  role: "operator",
  scope: thatBucket,
  params: BucketParams,
  proof: "beyond_sandbox",
  body: DeleteObjectInput,
  output: DeleteObjectView,
  handler: ({ ctx, params, body }) =>
    deleteObject({ ctx, input: { connectionId: params.id, bucket: params.bucket, ...body } }),
});

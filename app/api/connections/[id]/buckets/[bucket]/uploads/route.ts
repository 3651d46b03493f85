import { UploadSessionView } from "@/lib/contracts/browser-upload";
import { BeginBucketUploadInput } from "@/lib/contracts/bucket";
import { BucketParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatBucket } from "@/lib/server/scoped-to";
import { beginBucketUpload } from "@/lib/services/bucket/bucket-upload";

export const POST = route({
  role: "operator",
  scope: thatBucket,
  params: BucketParams,
  body: BeginBucketUploadInput,
  output: UploadSessionView,
  handler: ({ ctx, params, body }) =>
    beginBucketUpload({ ctx, input: { connectionId: params.id, bucket: params.bucket, file: body } }),
});

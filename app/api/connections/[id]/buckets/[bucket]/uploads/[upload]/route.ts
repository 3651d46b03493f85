import { BucketUploadParams } from "@/lib/server/params";
import { noContent, route } from "@/lib/server/route";
import { cancelBucketUpload } from "@/lib/services/bucket/bucket-upload";

export const DELETE = route({
  role: "operator",
  scope: ({ params }) => ({ connectionId: params.connectionId, wholeBucket: true }),
  params: BucketUploadParams,
  output: null,
  handler: async ({ ctx, params }) => {
    await cancelBucketUpload({ ctx, input: params });
    return noContent();
  },
});

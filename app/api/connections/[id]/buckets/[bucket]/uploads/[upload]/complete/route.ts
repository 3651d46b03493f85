import { CompleteUploadInput, CompleteUploadView } from "@/lib/contracts/browser-upload";
import { BucketUploadParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { completeBucketUpload } from "@/lib/services/bucket/bucket-upload";

export const POST = route({
  role: "operator",
  scope: ({ params }) => ({ connectionId: params.connectionId, wholeBucket: true }),
  params: BucketUploadParams,
  body: CompleteUploadInput,
  output: CompleteUploadView,
  handler: ({ ctx, params, body }) => completeBucketUpload({ ctx, input: { ...params, ...body } }),
});

import { CompleteUploadInput, CompleteUploadView } from "@/lib/contracts/browser-upload";
import { UploadParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { completeUpload } from "@/lib/services/upload/complete-upload";

export const POST = route({
  role: "operator",
  scope: ({ params }) => ({ migrationId: params.migrationId }),
  params: UploadParams,
  body: CompleteUploadInput,
  output: CompleteUploadView,
  handler: ({ ctx, params, body }) => completeUpload({ ctx, input: { ...params, ...body } }),
});

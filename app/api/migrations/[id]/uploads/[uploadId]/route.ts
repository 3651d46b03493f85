import { UploadParams } from "@/lib/server/params";
import { noContent, route } from "@/lib/server/route";
import { cancelUpload } from "@/lib/services/upload/cancel-upload";

export const DELETE = route({
  role: "operator",
  scope: ({ params }) => ({ migrationId: params.migrationId }),
  params: UploadParams,
  output: null,
  handler: async ({ ctx, params }) => {
    await cancelUpload({ ctx, input: params });
    return noContent();
  },
});

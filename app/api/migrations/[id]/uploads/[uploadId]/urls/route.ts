import { SignedPartsView, SignPartsInput } from "@/lib/contracts/browser-upload";
import { UploadParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { signParts } from "@/lib/services/upload/sign-parts";

export const POST = route({
  role: "operator",
  scope: ({ params }) => ({ migrationId: params.migrationId }),
  noted: "refusals",
  params: UploadParams,
  body: SignPartsInput,
  output: SignedPartsView,
  handler: ({ ctx, params, body }) => signParts({ ctx, input: { ...params, ...body } }),
});

import { RelayedPartView } from "@/lib/contracts/browser-upload";
import { BucketPartParams } from "@/lib/server/params";
import { readBodyStream } from "@/lib/server/read-body-stream";
import { route } from "@/lib/server/route";
import { whileSignedIn } from "@/lib/server/while-signed-in";
import { relayBucketPart } from "@/lib/services/bucket/bucket-upload";

export const PUT = route({
  role: "operator",
  scope: ({ params }) => ({ connectionId: params.connectionId, wholeBucket: true }),
  noted: "refusals",
  params: BucketPartParams,
  output: RelayedPartView,
  handler: ({ ctx, params, request }) =>
    whileSignedIn(ctx, request.signal, (signal) =>
      relayBucketPart({ ctx, input: { ...params, ...readBodyStream(request), signal } }),
    ),
});

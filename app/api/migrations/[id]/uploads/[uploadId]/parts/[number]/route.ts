import { RelayedPartView } from "@/lib/contracts/browser-upload";
import { PartParams } from "@/lib/server/params";
import { readBodyStream } from "@/lib/server/read-body-stream";
import { route } from "@/lib/server/route";
import { whileSignedIn } from "@/lib/server/while-signed-in";
import { relayPart } from "@/lib/services/upload/relay-part";

export const PUT = route({
  role: "operator",
  scope: ({ params }) => ({ migrationId: params.migrationId }),
  noted: "refusals",
  params: PartParams,
  output: RelayedPartView,
  handler: ({ ctx, params, request }) =>
    whileSignedIn(ctx, request.signal, (signal) =>
      relayPart({ ctx, input: { ...params, ...readBodyStream(request), signal } }),
    ),
});

import { BucketDetailView } from "@/lib/contracts/catalog";
import { BucketParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatConnection } from "@/lib/server/scoped-to";
import { getBucket } from "@/lib/services/catalog/get-bucket";

export const GET = route({
  role: "operator",
  scope: thatConnection,
  params: BucketParams,
  output: BucketDetailView,
  handler: ({ ctx, params }) => getBucket({ ctx, input: { connectionId: params.id, bucket: params.bucket } }),
});

import { BucketListView } from "@/lib/contracts/catalog";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { listBuckets } from "@/lib/services/catalog/list-buckets";

export const GET = route({
  role: "operator",
  params: IdParams,
  output: BucketListView,
  handler: ({ ctx, params }) => listBuckets({ ctx, input: { connectionId: params.id } }),
});

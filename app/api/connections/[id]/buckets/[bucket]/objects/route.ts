import { ObjectListView } from "@/lib/contracts/catalog";
import { BucketParams, ObjectsQuery } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatBucket } from "@/lib/server/scoped-to";
import { listObjects } from "@/lib/services/catalog/list-objects";

export const GET = route({
  role: "operator",
  scope: thatBucket,
  params: BucketParams,
  query: ObjectsQuery,
  output: ObjectListView,
  handler: ({ ctx, params, query }) =>
    listObjects({ ctx, input: { connectionId: params.id, bucket: params.bucket, ...query } }),
});

import { ObjectHeaderView } from "@/lib/contracts/catalog";
import { BucketParams, ObjectQuery } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatBucket } from "@/lib/server/scoped-to";
import { readObjectHeader } from "@/lib/services/catalog/read-object-header";

export const GET = route({
  role: "operator",
  scope: thatBucket,
  params: BucketParams,
  query: ObjectQuery,
  output: ObjectHeaderView,
  handler: ({ ctx, params, query }) =>
    readObjectHeader({ ctx, input: { connectionId: params.id, bucket: params.bucket, key: query.key } }),
});

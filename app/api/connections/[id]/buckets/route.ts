import { CreateBucketInput } from "@/lib/contracts/bucket";
import { BucketDetailView, BucketListView } from "@/lib/contracts/catalog";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatConnection } from "@/lib/server/scoped-to";
import { createBucket } from "@/lib/services/bucket/create-bucket";
import { listBuckets } from "@/lib/services/catalog/list-buckets";

export const GET = route({
  role: "operator",
  scope: thatConnection,
  params: IdParams,
  output: BucketListView,
  handler: ({ ctx, params }) => listBuckets({ ctx, input: { connectionId: params.id } }),
});

export const POST = route({
  role: "operator",
  scope: thatConnection,
  params: IdParams,
  body: CreateBucketInput,
  output: BucketDetailView,
  status: 201,
  handler: ({ ctx, params, body }) => createBucket({ ctx, input: { ...body, connectionId: params.id } }),
});

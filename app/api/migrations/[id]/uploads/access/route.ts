import { UploadAccessView } from "@/lib/contracts/browser-upload";
import { IdParams, OriginQuery } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatMigration } from "@/lib/server/scoped-to";
import { allowAccess, readAccess } from "@/lib/services/upload/read-access";

export const GET = route({
  role: "operator",
  scope: thatMigration,
  params: IdParams,
  query: OriginQuery,
  output: UploadAccessView,
  handler: ({ ctx, params, query }) =>
    readAccess({ ctx, input: { migrationId: params.id, origin: query.origin } }),
});

export const POST = route({
  role: "operator",
  scope: thatMigration,
  params: IdParams,
  output: UploadAccessView,
  // Only for the page that asks: its browser says where it is open.
  handler: ({ ctx, params, request }) =>
    allowAccess({
      ctx,
      input: { migrationId: params.id, ...OriginQuery.parse({ origin: request.headers.get("origin") }) },
    }),
});

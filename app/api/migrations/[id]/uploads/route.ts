import { BeginUploadInput, UploadListView, UploadSessionView } from "@/lib/contracts/browser-upload";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatMigration } from "@/lib/server/scoped-to";
import { beginUpload } from "@/lib/services/upload/begin-upload";
import { listUploads } from "@/lib/services/upload/list-uploads";

export const GET = route({
  role: "viewer",
  scope: thatMigration,
  params: IdParams,
  output: UploadListView,
  handler: ({ ctx, params }) => listUploads({ ctx, input: { migrationId: params.id } }),
});

export const POST = route({
  role: "operator",
  scope: thatMigration,
  params: IdParams,
  body: BeginUploadInput,
  output: UploadSessionView,
  handler: ({ ctx, params, body }) => beginUpload({ ctx, input: { migrationId: params.id, file: body } }),
});

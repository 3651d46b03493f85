import { RecordedFileView } from "@/lib/contracts/browser-upload";
import { IdParams, RecordedFileQuery } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatMigration } from "@/lib/server/scoped-to";
import { findRecordedFile } from "@/lib/services/upload/find-recorded-file";

export const GET = route({
  role: "operator",
  scope: thatMigration,
  params: IdParams,
  query: RecordedFileQuery,
  output: RecordedFileView,
  handler: ({ ctx, params, query }) => findRecordedFile({ ctx, input: { migrationId: params.id, ...query } }),
});

import { ReportView } from "@/lib/contracts/report";
import { IdParams } from "@/lib/server/params";
import { route } from "@/lib/server/route";
import { thatMigration } from "@/lib/server/scoped-to";
import { readReport } from "@/lib/services/report/read-report";

export const GET = route({
  role: "viewer",
  scope: thatMigration,
  noted: "calls",
  params: IdParams,
  output: ReportView,
  handler: ({ ctx, params }) => readReport({ ctx, input: { migrationId: params.id } }),
});

import { AuditExportQuery } from "@/lib/contracts/audit";
import { csvStream, jsonLinesStream } from "@/lib/server/download";
import { route } from "@/lib/server/route";
import { auditCsv, auditJsonLines } from "@/lib/services/people/export-audit";

export const GET = route({
  role: "administrator",
  query: AuditExportQuery,
  noted: "calls",
  output: null,
  handler: ({ ctx, query: { format, ...filter } }) =>
    format === "csv"
      ? csvStream(auditCsv({ ctx, input: filter }), "audit.csv")
      : jsonLinesStream(auditJsonLines({ ctx, input: filter }), "audit.jsonl"),
});

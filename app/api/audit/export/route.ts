import { AuditFilter } from "@/lib/contracts/audit";
import { csvStream } from "@/lib/server/download";
import { route } from "@/lib/server/route";
import { auditCsv } from "@/lib/services/people/read-audit";

export const GET = route({
  role: "administrator",
  query: AuditFilter,
  noted: "calls",
  output: null,
  handler: ({ ctx, query }) => csvStream(auditCsv({ ctx, input: query }), "audit.csv"),
});

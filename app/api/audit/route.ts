import { AuditPageView, AuditQuery } from "@/lib/contracts/audit";
import { route } from "@/lib/server/route";
import { listAudit } from "@/lib/services/people/read-audit";

export const GET = route({
  role: "administrator",
  query: AuditQuery,
  output: AuditPageView,
  handler: ({ ctx, query }) => listAudit({ ctx, input: query }),
});

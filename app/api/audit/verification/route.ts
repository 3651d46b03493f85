import { AuditVerified } from "@/lib/contracts/audit";
import { route } from "@/lib/server/route";
import { verifyAudit } from "@/lib/services/people/read-audit";

/** A POST: it reads all of the audit, and no link shall start that. */
export const POST = route({
  role: "administrator",
  output: AuditVerified,
  handler: ({ ctx }) => verifyAudit({ ctx }),
});

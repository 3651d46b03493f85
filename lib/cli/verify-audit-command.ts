import { AuditVerified } from "@/lib/contracts/audit";
import { isAppError } from "@/lib/diagnosis/app-error";
import { verifyAudit } from "@/lib/services/people/read-audit";
import { readConfig } from "@/lib/start/config";
import { onConfiguredStore } from "@/lib/start/on-configured-store";
import { TERMINAL } from "@/lib/start/open-for";
import { askDashboard } from "./ask-dashboard";
import { errorSentence } from "./error-sentence";

/**
 * `chainferry verify-audit`: whether the audit of the configured store is as it was written; prints its head, which a copy kept
 * elsewhere should hold. Beside a running dashboard of this data folder too. Returns the exit code: 1 when an entry was changed, removed or put in, or the store can't be opened.
 */
export async function runVerifyAuditCommand(
  options: { json: boolean },
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<number> {
  const config = readConfig(environment);
  try {
    const found = await onConfiguredStore(config, ({ ctxFor }) =>
      verifyAudit({ ctx: ctxFor(TERMINAL) }),
    ).catch(async (error: unknown) => {
      if (!isAppError(error) || error.fields.reason !== "store_locked") throw error;
      // By the dashboard that has the store.
      const body = await askDashboard(config.dataFolder, "/api/audit/verification", null);
      if (body === null) throw error;
      return AuditVerified.parse(body);
    });
    const { entries, head, brokenAt } = found;
    const sentence =
      brokenAt === null
        ? `${entries} entries, each as it was written. Head: ${head ?? "none"}`
        : `Entry ${brokenAt} is not as it was written. The ${entries} before it are.`;
    process.stdout.write(`${options.json ? JSON.stringify(found) : sentence}\n`);
    return brokenAt === null ? 0 : 1;
  } catch (error) {
    if (!isAppError(error)) throw error;
    process.stderr.write(`chainferry verify-audit: ${errorSentence(error)}\n`);
    return 1;
  }
}

import type { PlanBase } from "@/lib/contracts/kept-plan";
import { PLAN_PARTS, type PlanInput, type PlanPart, type PlanRates } from "@/lib/forecast/plan-input";

type Choices = Pick<PlanInput, "startMs" | "method" | "checkMode" | "writesStop"> & { timeFactor: number };

/** What the models of a plan read, from what was asked, typed and chosen. */
export function planInputOf(base: PlanBase, choices: Choices): PlanInput {
  const { databaseBytes, fullBytes, isFullThere, measured, rehearsed, wishes } = base;
  const seconds: Partial<Record<PlanPart, number>> = isFullThere ? { full_backup: 0, full_upload: 0 } : {};
  const notBeforeMs: Partial<Record<PlanPart, number>> = {};
  for (const [part, known] of knownParts(wishes.parts)) {
    if (known.minutes !== null) seconds[part] = known.minutes * 60;
    if (known.notBefore !== null) notBeforeMs[part] = Date.parse(known.notBefore);
  }
  return {
    ...choices,
    databaseBytes,
    fullBytes,
    limitBytes: base.limitBytes,
    rates: wishes.rates,
    measured,
    rounds: rehearsed?.rounds ?? [],
    openSeconds: rehearsed?.openSeconds,
    seconds,
    notBeforeMs,
  };
}

function knownParts(parts: PlanBase["wishes"]["parts"]) {
  return PLAN_PARTS.flatMap((part) => {
    const known = parts[part];
    return known ? [[part, known] as const] : [];
  });
}

/** Typed rates of what no file has shown yet: what was measured says more than what somebody believed before. */
export function ratesNotMeasured(rates: PlanRates, shown: { full: boolean; log: boolean }): PlanRates {
  const { log_backup, log_import, log_growth, ...ofFull } = rates;
  return { ...(shown.full ? {} : ofFull), ...(shown.log ? {} : { log_backup, log_import, log_growth }) };
}

import type { FailureFields } from "@/lib/diagnosis/failure-of";
import { ruleFailure } from "@/lib/diagnosis/rule-failure";

/** RDS takes 20 imports per database and instance a day (Alibaba's API quotas page). */
export const IMPORTS_PER_DAY = 20;
/** Of all databases of an instance together (the same page). */
export const INSTANCE_IMPORTS_PER_DAY = 500;

/** Imports that RDS accepted, or may have accepted, since its day began. */
export interface ImportsUsed {
  ofDatabase: number;
  ofInstance: number;
}

/** When the day began, UTC. When RDS begins its day is not documented: what is counted from here is no promise. */
export function budgetDayStart(now: Date): Date {
  const midnight = new Date(now);
  midnight.setUTCHours(0, 0, 0, 0);
  return midnight;
}

/** Why no import may be asked for today; null: one may. */
export function exhaustedBudget({ ofDatabase, ofInstance }: ImportsUsed): FailureFields | null {
  if (ofDatabase >= IMPORTS_PER_DAY)
    return ruleFailure("imports_exhausted", { used: ofDatabase, limit: IMPORTS_PER_DAY });
  if (ofInstance >= INSTANCE_IMPORTS_PER_DAY)
    return ruleFailure("instance_imports_exhausted", { used: ofInstance, limit: INSTANCE_IMPORTS_PER_DAY });
  return null;
}

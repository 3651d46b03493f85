import type { FailureFields } from "@/lib/diagnosis/failure-of";
import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import { IMPORTS_PER_DAY, INSTANCE_IMPORTS_PER_DAY } from "./rds-limits";

/** Imports that RDS accepted, or may have accepted, since its day began. */
export interface ImportsUsed {
  ofDatabase: number;
  ofInstance: number;
}

export const NO_IMPORTS: ImportsUsed = { ofDatabase: 0, ofInstance: 0 };

/** The tighter of the two limits, with what of it is used. */
export function tighterBudget({ ofDatabase, ofInstance }: ImportsUsed): { used: number; limit: number } {
  return INSTANCE_IMPORTS_PER_DAY - ofInstance < IMPORTS_PER_DAY - ofDatabase
    ? { used: ofInstance, limit: INSTANCE_IMPORTS_PER_DAY }
    : { used: ofDatabase, limit: IMPORTS_PER_DAY };
}

/** Why no import may be asked for today; null: one may. */
export function exhaustedBudget({ ofDatabase, ofInstance }: ImportsUsed): FailureFields | null {
  if (ofDatabase >= IMPORTS_PER_DAY)
    return ruleFailure("imports_exhausted", { used: ofDatabase, limit: IMPORTS_PER_DAY });
  if (ofInstance >= INSTANCE_IMPORTS_PER_DAY)
    return ruleFailure("instance_imports_exhausted", { used: ofInstance, limit: INSTANCE_IMPORTS_PER_DAY });
  return null;
}

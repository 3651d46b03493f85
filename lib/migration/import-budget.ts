import type { FailureFields } from "@/lib/diagnosis/failure-of";
import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import { IMPORTS_PER_DAY, INSTANCE_IMPORTS_PER_DAY } from "./rds-limits";

/** Imports that RDS accepted, or may have accepted, since its day began. */
export interface ImportsUsed {
  ofDatabase: number;
  ofInstance: number;
  /** Of the instance's, not taken yet, but kept for cutovers of other databases whose writes stand still. */
  promised: number;
}

export const NO_IMPORTS: ImportsUsed = { ofDatabase: 0, ofInstance: 0, promised: 0 };

/** The tighter of the two limits, with what of it is used. */
export function tighterBudget({ ofDatabase, ofInstance }: ImportsUsed): { used: number; limit: number } {
  return INSTANCE_IMPORTS_PER_DAY - ofInstance < IMPORTS_PER_DAY - ofDatabase
    ? { used: ofInstance, limit: INSTANCE_IMPORTS_PER_DAY }
    : { used: ofDatabase, limit: IMPORTS_PER_DAY };
}

/** The same as a new cutover finds it: what is promised to others counts as taken. */
export function cutoverBudget({ ofInstance, promised, ...used }: ImportsUsed): {
  used: number;
  limit: number;
} {
  return tighterBudget({ ...used, ofInstance: ofInstance + promised, promised });
}

/** Why no import may be asked for now; null: one may. */
export function exhaustedBudget({ ofDatabase, ofInstance, promised }: ImportsUsed): FailureFields | null {
  if (ofDatabase >= IMPORTS_PER_DAY)
    return ruleFailure("imports_exhausted", { used: ofDatabase, limit: IMPORTS_PER_DAY });
  if (ofInstance >= INSTANCE_IMPORTS_PER_DAY)
    return ruleFailure("instance_imports_exhausted", { used: ofInstance, limit: INSTANCE_IMPORTS_PER_DAY });
  if (ofInstance + promised >= INSTANCE_IMPORTS_PER_DAY)
    return ruleFailure("instance_imports_promised", { left: INSTANCE_IMPORTS_PER_DAY - ofInstance });
  return null;
}

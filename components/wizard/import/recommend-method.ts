import type { MigrationDraft } from "@/lib/contracts/migration";

/**
 * Which method the guide's two questions lead to. Immediate only when the database is under 100 GB and up to two
 * hours of downtime are acceptable; `because` keys `wizard.method.because.*`.
 */
export interface MethodRecommendation {
  method: MigrationDraft["method"];
  because: "small_and_accepted" | "over_hundred_gb" | "downtime_not_accepted" | "not_answered";
}

export function recommendMethod(
  answers: Pick<MigrationDraft, "underHundredGb" | "downtimeAccepted">,
): MethodRecommendation {
  if (answers.underHundredGb === false) return { method: "access_pending", because: "over_hundred_gb" };
  if (answers.downtimeAccepted === false)
    return { method: "access_pending", because: "downtime_not_accepted" };
  if (answers.underHundredGb && answers.downtimeAccepted) {
    return { method: "immediate", because: "small_and_accepted" };
  }
  return { method: "access_pending", because: "not_answered" };
}

import { isExternalError } from "@/lib/diagnosis/external-error";
import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import { watchTarget } from "@/lib/drift/watch-target";
import type { Hold, StepRun } from "../step-run";

const FOR_GOOD = ["target_opened", "target_deleted"] as const;

/**
 * Before a further file is handed to RDS: nothing is submitted on a target that somebody opened or deleted meanwhile, and one
 * that RDS is at (imports go one by one, so it is not for us) is waited for. A task that failed holds nothing here: RDS itself
 * says whether it takes the file again. Null: go on. With writes stopped no time is spent on it, since they were stopped after
 * the same look. Where RDS can't be asked, it answers the import itself.
 */
export async function holdForTarget({ ctx, unfenced, migration, settings }: StepRun): Promise<Hold | null> {
  if (migration.method !== "access_pending" || migration.writesStoppedAt !== null) return null;
  try {
    const standing = (await watchTarget(unfenced, migration, FOR_GOOD))?.standing;
    if (standing === "busy") {
      const failure = ruleFailure("target_busy", { database: migration.targetDatabase ?? "" });
      return { type: "wait", status: "waiting_external", afterMs: settings.baseMs, failure };
    }
    if (standing !== "target_opened" && standing !== "target_deleted") return null;
    return {
      type: "wait",
      status: "waiting_for_user",
      afterMs: settings.baseMs * 10,
      failure: ruleFailure("target_lost", { drift: standing }),
    };
  } catch (error) {
    if (!isExternalError(error)) throw error;
    ctx.log.warn({ err: error }, "the target could not be asked before an import");
    return null;
  }
}

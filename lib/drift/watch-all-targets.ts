import type { Ctx } from "@/lib/context/context";
import type { StepKind } from "@/lib/migration/generated/step-kinds";
import { TARGET_DRIFT_KINDS } from "@/lib/migration/vocabulary/drift-kind";
import { readStep } from "@/lib/store/typed-rows";
import { watchEach } from "./watch-each";
import { watchTarget } from "./watch-target";

/** Steps that follow RDS themselves, and say what becomes of its task. */
const FOLLOWS_RDS: StepKind[] = ["await_import", "check_target", "open", "await_open", "await_check"];

/**
 * One look at the target of every migration that has given RDS a file, between its rounds. Answers the ids of those whose
 * alarms have changed.
 */
export async function watchAllTargets(ctx: Ctx): Promise<string[]> {
  const isFollowed = {
    kind: { in: FOLLOWS_RDS },
    status: { notIn: ["succeeded", "refused", "skipped", "cancelled"] },
  };
  const changed: string[] = [];
  const betweenRounds = { rdsTaskId: { not: null }, steps: { none: isFollowed } };
  await watchEach(ctx, "target watch", betweenRounds, async (migration) => {
    const look = await watchTarget(ctx, migration, TARGET_DRIFT_KINDS, () =>
      hasOwnFailure(ctx, migration.id),
    );
    if (look?.changed) changed.push(migration.id);
  });
  return changed;
}

/** The newest file that RDS was followed with could not be restored, which was said then; it was left out or taken back since. */
async function hasOwnFailure(ctx: Ctx, migrationId: string): Promise<boolean> {
  const step = await ctx.db.migrationStep.findFirst({
    where: { migrationId, kind: "await_import" },
    orderBy: { ordinal: "desc" },
  });
  return step !== null && step.status !== "succeeded" && readStep(step).error?.reason === "rds_import_failed";
}

import type { Ctx } from "@/lib/context/context";
import type { StepKind } from "@/lib/migration/generated/step-kinds";
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
    const look = await watchTarget(ctx, migration);
    if (look?.changed) changed.push(migration.id);
  });
  return changed;
}

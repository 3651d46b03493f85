import type { Ctx } from "@/lib/context/context";
import { isExternalError } from "@/lib/diagnosis/external-error";
import type { StepKind } from "@/lib/migration/generated/step-kinds";
import { unreadableIn } from "@/lib/store/read-column";
import { readMigration } from "@/lib/store/typed-rows";
import { watchTarget } from "./watch-target";

/** Steps that follow RDS themselves, and say what becomes of its task. */
const FOLLOWS_RDS: StepKind[] = ["await_import", "check_target", "open", "await_open", "await_check"];

/**
 * One look at the target of every migration that has given RDS a file, between its rounds and until writes are stopped.
 * Answers the ids of those whose alarms have changed. One that can't be asked now is passed over; the next look has it.
 */
export async function watchAllTargets(ctx: Ctx): Promise<string[]> {
  const watched = await ctx.db.migration.findMany({
    where: {
      startedAt: { not: null },
      finishedAt: null,
      writesStoppedAt: null,
      method: "access_pending",
      status: { notIn: ["draft", "cancelled", "cancelling", "succeeded"] },
      rdsTaskId: { not: null },
      steps: {
        none: {
          kind: { in: FOLLOWS_RDS },
          status: { notIn: ["succeeded", "refused", "skipped", "cancelled"] },
        },
      },
    },
  });
  const changed: string[] = [];
  for (const migration of watched) {
    try {
      const look = await watchTarget(ctx, readMigration(migration));
      if (look?.changed) changed.push(migration.id);
    } catch (error) {
      if (!isExternalError(error) && !unreadableIn(error)) throw error;
      ctx.log.warn({ err: error, migrationId: migration.id }, "target watch: passed over");
    }
  }
  return changed;
}

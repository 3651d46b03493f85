import type { Ctx } from "@/lib/context/context";
import { AppError } from "@/lib/diagnosis/app-error";
import type { RdsAccount, RdsTask } from "@/lib/rds/rds-account";
import type { Migration } from "@/lib/store/generated/client";
import { loadConnection } from "@/lib/store/load-connection";
import type { TaskRef } from "./list-files";

const FINISHED: ReadonlySet<string> = new Set(["succeeded", "cancelled"]);

/**
 * The task, which must be waiting for its next file and must not belong to a migration under way: that one hands over files
 * by itself, in order. `migration` is one of ours that ended before its task did.
 */
export async function findWaitingTask(
  ctx: Ctx,
  ref: TaskRef,
): Promise<{ rds: RdsAccount; task: RdsTask; migration: Migration | null }> {
  const { connectionId, instanceId, taskId } = ref;
  await loadConnection(ctx.db, connectionId, "cloud_account");
  const migration = await ctx.db.migration.findFirst({
    where: { cloudConnectionId: connectionId, instanceId, rdsTaskId: taskId },
    orderBy: { createdAt: "desc" },
  });
  if (migration && !FINISHED.has(migration.status)) {
    const { id, name } = migration;
    throw new AppError("conflict", "task_belongs_to_migration", { taskId, migrationId: id, name });
  }
  const rds = await ctx.clients.rds(connectionId);
  const task = await rds.findTask({ instanceId, taskId });
  if (!task) throw new AppError("not_found", "task_not_found", { taskId });
  if (task.status !== "waiting_for_backup") {
    throw new AppError("precondition_failed", "task_not_waiting", { taskId, status: task.status });
  }
  return { rds, task, migration };
}

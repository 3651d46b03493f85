import type { Ctx } from "@/lib/context/context";
import { UNFINISHED } from "@/lib/context/unfinished";
import { AppError } from "@/lib/diagnosis/app-error";
import type { RdsAccount, RdsTask } from "@/lib/rds/rds-account";
import type { Migration, Prisma } from "@/lib/store/generated/client";
import { loadConnection } from "@/lib/store/load-connection";
import type { TaskRef } from "./list-files";

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
    where: { instanceId, rdsTaskId: taskId },
    orderBy: { createdAt: "desc" },
  });
  await refuseUnderWay(ctx, taskId, { instanceId, rdsTaskId: taskId });
  const rds = await ctx.clients.rds(connectionId);
  const task = await rds.findTask({ instanceId, taskId });
  if (!task) throw new AppError("not_found", "task_not_found", { taskId });
  if (task.status !== "waiting_for_backup") {
    throw new AppError("precondition_failed", "task_not_waiting", { taskId, status: task.status });
  }
  const targetDatabase = { equals: task.databaseName, mode: "insensitive" as const };
  await refuseUnderWay(ctx, taskId, { instanceId, targetDatabase });
  return { rds, task, migration };
}

/** By instance, task and database, not by connection: several keys of one account may be saved. */
async function refuseUnderWay(ctx: Ctx, taskId: string, where: Prisma.MigrationWhereInput): Promise<void> {
  const owner = await ctx.db.migration.findFirst({ where: { ...where, status: UNFINISHED } });
  if (!owner) return;
  const { id, name } = owner;
  throw new AppError("conflict", "task_belongs_to_migration", { taskId, migrationId: id, name });
}

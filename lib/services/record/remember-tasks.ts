import type { Ctx } from "@/lib/context/context";
import type { RdsTask } from "@/lib/rds/rds-account";
import type { ImportTask } from "@/lib/store/generated/client";
import { recordTask } from "@/lib/store/record-task";

/** DescribeMigrateTasks covers about the last week (Alibaba's API reference); what is older only our own record has. */
export const RDS_KEEPS_MS = 8 * 86_400_000;

/**
 * Keeps what RDS says of tasks of an instance, and writes only what changed: a page that refreshes every few seconds must not
 * wear the store. Returns the ids of those that are new or changed.
 */
export async function rememberTasks(
  ctx: Ctx,
  filter: { connectionId: string; instanceId: string },
  tasks: readonly RdsTask[],
): Promise<string[]> {
  const { connectionId, instanceId } = filter;
  const ids = tasks.map((task) => task.taskId);
  const rows = await ctx.db.importTask.findMany({
    where: { connectionId, instanceId, rdsTaskId: { in: ids } },
  });
  const migrations = await ctx.db.migration.findMany({
    where: { cloudConnectionId: connectionId, instanceId, rdsTaskId: { in: ids } },
    select: { id: true, rdsTaskId: true },
  });
  const rowOf = new Map(rows.map((row) => [row.rdsTaskId, row]));
  const migrationOf = new Map(migrations.map((migration) => [migration.rdsTaskId, migration.id]));
  const changed = tasks.filter((task) => {
    const row = rowOf.get(task.taskId);
    return !row || differs(row, task) || (row.migrationId === null && migrationOf.has(task.taskId));
  });
  if (changed.length === 0) return [];
  await ctx.db.$transaction(async (tx) => {
    for (const task of changed) {
      const migrationId = migrationOf.get(task.taskId) ?? null;
      await recordTask(tx, { at: ctx.now(), connectionId, instanceId, migrationId, task, files: null });
    }
  });
  return changed.map(({ taskId }) => taskId);
}

function differs(row: ImportTask, task: RdsTask): boolean {
  return (
    row.status !== task.status ||
    row.providerStatus !== task.providerStatus ||
    row.description !== task.description ||
    row.replaced !== task.databaseReplaced ||
    (row.rdsEndedAt?.getTime() ?? null) !== (task.endedAt === null ? null : Date.parse(task.endedAt))
  );
}

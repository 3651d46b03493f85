import type { RdsAccount } from "@/lib/rds/rds-account";
import type { PrismaClient } from "@/lib/store/generated/client";

export type AcceptedImport =
  | { state: "found"; taskId: string }
  | { state: "absent" }
  /** More than one task could be ours: a person decides. */
  | { state: "ambiguous"; taskIds: string[] };

const LOOK_BACK_MS = 6 * 3600_000;

/**
 * Whether RDS accepted a CreateMigrateTask whose answer never came. Files are told apart by name (ours are unique);
 * a first task without files yet by its database, as long as nobody else's record claims it.
 */
export async function findAcceptedImport(query: {
  rds: RdsAccount;
  db: PrismaClient;
  instanceId: string;
  databaseName: string;
  /** Null: the first file, which makes the task. */
  taskId: string | null;
  fileName: string;
  objectKey: string;
  intendedAt: Date;
  migrationId: string;
}): Promise<AcceptedImport> {
  const { rds, instanceId } = query;
  const isOurs = (name: string) =>
    name === query.fileName || name === query.objectKey || name.endsWith(`/${query.fileName}`);
  if (query.taskId !== null) {
    const files = await rds.listFiles({ instanceId, taskId: query.taskId });
    return files.some((file) => isOurs(file.fileName))
      ? { state: "found", taskId: query.taskId }
      : { state: "absent" };
  }
  const tasks = await rds.listTasks({
    instanceId,
    from: new Date(query.intendedAt.getTime() - LOOK_BACK_MS).toISOString(),
    to: new Date(query.intendedAt.getTime() + 26 * 3600_000).toISOString(),
  });
  const known = await query.db.migration.findMany({
    where: { instanceId, rdsTaskId: { not: null }, id: { not: query.migrationId } },
    select: { rdsTaskId: true },
  });
  const taken = new Set(known.map((row) => row.rdsTaskId));
  const candidates = tasks.filter(
    (task) => task.databaseName === query.databaseName && !taken.has(task.taskId),
  );
  const withoutFiles: string[] = [];
  for (const task of candidates) {
    const files = await rds.listFiles({ instanceId, taskId: task.taskId });
    if (files.some((file) => isOurs(file.fileName))) return { state: "found", taskId: task.taskId };
    const young =
      task.createdAt === null || Date.parse(task.createdAt) >= query.intendedAt.getTime() - 60_000;
    if (files.length === 0 && young && task.status !== "failed") withoutFiles.push(task.taskId);
  }
  const [only, ...more] = withoutFiles;
  if (only === undefined) return { state: "absent" };
  return more.length === 0 ? { state: "found", taskId: only } : { state: "ambiguous", taskIds: withoutFiles };
}

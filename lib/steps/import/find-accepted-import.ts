import { namesObject } from "@/lib/migration/object-name";
import { isFailedFile } from "@/lib/rds/failed-file";
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
 * a first task without files yet by its database, as long as nobody else's record claims it. A file that RDS failed to
 * restore and a person had submitted again is there under its name from before: that is no proof.
 */
export async function findAcceptedImport(query: {
  rds: RdsAccount;
  db: PrismaClient;
  instanceId: string;
  databaseName: string;
  /** Null: the first file, which makes the task. */
  taskId: string | null;
  objectKey: string;
  intendedAt: Date;
  migrationId: string;
}): Promise<AcceptedImport> {
  const { rds, instanceId } = query;
  const isOurs = (name: string) => namesObject(name, query.objectKey);
  if (query.taskId !== null) {
    const files = await rds.listFiles({ instanceId, taskId: query.taskId });
    const ours = files.filter((file) => isOurs(file.fileName));
    const before = await countAccepted(query);
    return ours.length > before || ours.some((file) => !isFailedFile(file.status))
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
  const own = await query.db.importAttempt.findMany({
    where: { migrationId: query.migrationId, outcome: "accepted", rdsTaskId: { not: null } },
    select: { rdsTaskId: true },
  });
  const taken = new Set([...known, ...own].map((row) => row.rdsTaskId));
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

/** How often RDS is known to have taken this very object for this migration. */
async function countAccepted(query: {
  db: PrismaClient;
  migrationId: string;
  objectKey: string;
}): Promise<number> {
  const { migrationId, objectKey } = query;
  return query.db.importAttempt.count({ where: { migrationId, objectKey, outcome: "accepted" } });
}

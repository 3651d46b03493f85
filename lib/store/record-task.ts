import type { RdsFile, RdsTask } from "@/lib/rds/rds-account";
import type { Prisma } from "./generated/client";

/** Keeps what RDS says of a task: RDS forgets after a week, the record does not. */
export async function recordTask(
  tx: Pick<Prisma.TransactionClient, "importTask">,
  input: {
    connectionId: string;
    instanceId: string;
    migrationId: string | null;
    task: RdsTask;
    files: RdsFile[] | null;
  },
): Promise<void> {
  const { connectionId, instanceId, migrationId, task, files } = input;
  const columns = {
    databaseName: task.databaseName,
    method: task.method,
    status: task.status,
    providerStatus: task.providerStatus,
    description: task.description,
    replaced: task.databaseReplaced,
    rdsCreatedAt: task.createdAt === null ? null : new Date(task.createdAt),
    rdsEndedAt: task.endedAt === null ? null : new Date(task.endedAt),
    ...(files === null ? {} : { files: JSON.parse(JSON.stringify(files)) as Prisma.InputJsonArray }),
    ...(migrationId === null ? {} : { migrationId }),
  };
  await tx.importTask.upsert({
    where: { connectionId_instanceId_rdsTaskId: { connectionId, instanceId, rdsTaskId: task.taskId } },
    create: { connectionId, instanceId, rdsTaskId: task.taskId, ...columns },
    update: columns,
  });
}

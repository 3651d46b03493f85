import type { RdsFile, RdsTask } from "@/lib/rds/rds-account";
import type { Prisma } from "./generated/client";
import { noteUnknownMessage } from "./note-unknown-message";

/**
 * Keeps what RDS says of a task at `at`: RDS forgets after a week, the record does not. What a failed one says and nobody
 * can explain is kept apart, once a task.
 */
export async function recordTask(
  tx: Pick<Prisma.TransactionClient, "importTask" | "$executeRaw">,
  input: {
    at: Date;
    connectionId: string;
    instanceId: string;
    migrationId: string | null;
    task: RdsTask;
    files: RdsFile[] | null;
  },
): Promise<void> {
  const { at, connectionId, instanceId, migrationId, task, files } = input;
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
  const where = { connectionId_instanceId_rdsTaskId: { connectionId, instanceId, rdsTaskId: task.taskId } };
  if (task.status === "failed") {
    const before = await tx.importTask.findUnique({ where, select: { description: true, status: true } });
    if (before?.status !== task.status || before.description !== task.description) {
      await noteUnknownMessage(tx, {
        text: task.description,
        system: "rds",
        code: task.providerStatus,
        requestId: null,
        place: `${instanceId} ${task.taskId}`,
        at,
      });
    }
  }
  await tx.importTask.upsert({
    where,
    create: { connectionId, instanceId, rdsTaskId: task.taskId, ...columns },
    update: columns,
  });
}

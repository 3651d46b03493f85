import { z } from "zod";
import type { RdsFile, RdsTask } from "@/lib/rds/rds-account";
import type { Prisma } from "./generated/client";
import { noteUnknownMessage } from "./note-unknown-message";

const KeptFiles = z.array(z.object({ status: z.string(), providerStatus: z.string() }));

/** States that RDS gave a task and its files and that nothing here translates, each once, with their fields. */
function unknownWords(
  task: { status: string; providerStatus: string },
  files: readonly { status: string; providerStatus: string }[],
): string[] {
  const said = (call: string, { status, providerStatus }: { status: string; providerStatus: string }) =>
    status === "other" && providerStatus !== "" ? [`${call}.Status = ${providerStatus}`] : [];
  const words = [
    ...said("DescribeMigrateTasks", task),
    ...files.flatMap((file) => said("DescribeOssDownloads", file)),
  ];
  return [...new Set(words)];
}

/**
 * Keeps what RDS says of a task at `at`: RDS forgets after a week, the record does not. What a failed one says and nobody
 * can explain, and states that nobody knows, are kept apart, once a task.
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
  const words = unknownWords(task, files ?? []);
  if (task.status === "failed" || words.length > 0) {
    const before = await tx.importTask.findUnique({
      where,
      select: { description: true, status: true, providerStatus: true, files: true },
    });
    const said = { system: "rds", requestId: null, place: `${instanceId} ${task.taskId}`, at };
    const isTold = before?.status === task.status && before.description === task.description;
    if (task.status === "failed" && !isTold)
      await noteUnknownMessage(tx, { ...said, text: task.description, code: task.providerStatus });
    const known = before ? unknownWords(before, KeptFiles.catch([]).parse(before.files)) : [];
    for (const word of words.filter((one) => !known.includes(one)))
      await noteUnknownMessage(tx, { ...said, text: word, code: "" });
  }
  await tx.importTask.upsert({
    where,
    create: { connectionId, instanceId, rdsTaskId: task.taskId, ...columns },
    update: columns,
  });
}

import { z } from "zod";
import { fromHeaderJson } from "@/lib/backup/header-json";
import type { Ctx, Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { toBackupSetView } from "@/lib/contracts/backup-set-view";
import type { BackupSetView } from "@/lib/contracts/catalog";
import { RecordFileView } from "@/lib/contracts/record-file";
import { AppError } from "@/lib/diagnosis/app-error";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { objectBaseName } from "@/lib/migration/object-name";
import type { RdsFile } from "@/lib/rds/rds-account";
import { loadConnection } from "@/lib/store/load-connection";

export interface TaskRef {
  connectionId: string;
  instanceId: string;
  taskId: string;
}

/** *View File Details*: the files of a task as RDS tells them, with the headers that we read ourselves. */
export async function listFiles({ ctx, input }: Use<TaskRef>): Promise<{ files: RecordFileView[] }> {
  requireRole(ctx.actor, "viewer");
  await loadConnection(ctx.db, input.connectionId, "cloud_account");
  const files = await filesOf(ctx, input);
  const headers = await headersOf(ctx, input);
  return {
    files: files.map((file) => ({
      fileName: file.fileName,
      sizeBytes: file.sizeBytes,
      type: file.type,
      status: file.status,
      providerStatus: file.providerStatus,
      createdAt: instant(file.createdAt),
      endedAt: instant(file.endedAt),
      description: file.description,
      header: headers.get(objectBaseName(file.fileName)) ?? null,
    })),
  };
}

const StoredFiles = z.array(
  RecordFileView.omit({ header: true }).extend({
    createdAt: z.string().nullable(),
    endedAt: z.string().nullable(),
  }),
);

/** From RDS, remembered; from memory when RDS cannot be asked or has forgotten the task. */
async function filesOf(ctx: Ctx, task: TaskRef): Promise<(RdsFile | z.infer<typeof StoredFiles>[number])[]> {
  const { connectionId, instanceId, taskId } = task;
  const key = { connectionId_instanceId_rdsTaskId: { connectionId, instanceId, rdsTaskId: taskId } };
  let failure: unknown = null;
  try {
    const rds = await ctx.clients.rds(connectionId);
    const files = await rds.listFiles({ instanceId, taskId });
    if (files.length > 0) {
      await rememberFiles(ctx, task, files);
      return files;
    }
  } catch (error) {
    if (!isExternalError(error)) throw error;
    failure = error;
  }
  const row = await ctx.db.importTask.findUnique({ where: key });
  const stored = StoredFiles.safeParse(row?.files ?? null);
  if (stored.success) return stored.data;
  if (failure !== null) throw failure;
  if (!row) throw new AppError("not_found", "task_not_found", { taskId });
  return [];
}

/** Keeps the files of a task as RDS lists them. None are no news: RDS has forgotten them, or not begun. */
export async function rememberFiles(ctx: Ctx, task: TaskRef, files: readonly RdsFile[]): Promise<void> {
  if (files.length === 0) return;
  const { connectionId, instanceId, taskId: rdsTaskId } = task;
  const where = { connectionId, instanceId, rdsTaskId };
  await ctx.db.importTask.updateMany({ where, data: { files: files.map((file) => ({ ...file })) } });
}

/** Headers by file name, of the migration that the task belongs to. */
async function headersOf(ctx: Ctx, task: TaskRef): Promise<Map<string, BackupSetView>> {
  const files = await ctx.db.backupFile.findMany({
    where: {
      migration: {
        cloudConnectionId: task.connectionId,
        instanceId: task.instanceId,
        rdsTaskId: task.taskId,
      },
    },
    select: { objectKey: true, header: true },
  });
  const headers = new Map<string, BackupSetView>();
  for (const file of files) {
    if (file.header === null) continue;
    headers.set(objectBaseName(file.objectKey), toBackupSetView(fromHeaderJson(file.header)));
  }
  return headers;
}

function instant(text: string | null): string | null {
  return text === null ? null : new Date(text).toISOString();
}

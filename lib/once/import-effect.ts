import { z } from "zod";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import { exhaustedBudget } from "@/lib/migration/import-budget";
import { namesObject } from "@/lib/migration/object-name";
import { CHECK_MODES } from "@/lib/migration/vocabulary/check-mode";
import { MIGRATION_METHODS } from "@/lib/migration/vocabulary/method";
import { mayBeSentAgain } from "@/lib/rds/failed-file";
import { listsNoFiles } from "@/lib/rds/list-files-if-told";
import type { RdsAccount, RdsFile } from "@/lib/rds/rds-account";
import type { OnceCall } from "@/lib/store/generated/client";
import { countImportsToday } from "./count-imports";
import { type Look, type OnceEffect, type OnceTarget, type OnceWorld, targetSubject } from "./once-effect";

/** One CreateMigrateTask. */
export const ImportCallRequest = z.object({
  instanceId: z.string(),
  databaseName: z.string(),
  method: z.enum(MIGRATION_METHODS),
  /** Of the task that the first file made; null: this is the first. */
  taskId: z.string().nullable(),
  checkMode: z.enum(CHECK_MODES),
  object: z.object({ endpoint: z.string(), bucket: z.string(), key: z.string() }),
  /** Where the target stands once the file is restored, digits; null: not known. */
  lastLsn: z.string().nullable(),
});
export type ImportCallRequest = z.infer<typeof ImportCallRequest>;

/** The row of an import. */
export function importTarget(
  file: { instanceId: string; databaseName: string /** Of the object. */; key: string },
  owner: Pick<OnceTarget, "connectionId" | "migrationId" | "stepId" | "fileId">,
): OnceTarget {
  const { instanceId, databaseName, key } = file;
  return {
    subject: targetSubject(instanceId, databaseName),
    item: key,
    instanceId,
    databaseName,
    ...owner,
  };
}

/** CreateMigrateTask, which has no client token. */
export const importEffect: OnceEffect<ImportCallRequest> = {
  kind: "import",
  graceMs: (lookGraceMs) => lookGraceMs,
  admit: async (tx, request, now) => {
    const used = await countImportsToday(tx, { ...request, now });
    return exhaustedBudget(used);
  },
  call: async ({ clients, connectionId }, request) => {
    const rds = await clients.rds(connectionId);
    const { lastLsn: _, ...asked } = request;
    const { taskId, requestId } = await rds.createImport(asked);
    return { reference: taskId, requestId };
  },
  look: async (world, call) => {
    const request = ImportCallRequest.parse(call.request);
    const rds = await world.clients.rds(world.connectionId);
    return request.taskId === null
      ? lookForNewTask(world, rds, call, request)
      : lookInTask(world, rds, call, request.taskId);
  },
  stands: async (world, call) => {
    const { instanceId, taskId } = ImportCallRequest.parse(call.request);
    const task = call.reference ?? taskId;
    if (task === null) return { state: "absent" };
    return fateInTask(await world.clients.rds(world.connectionId), {
      instanceId,
      taskId: task,
      item: call.item,
    });
  },
};

const LOOK_BACK_MS = 6 * 3600_000;
const LOOK_AHEAD_MS = 26 * 3600_000;

interface FileOfTask {
  instanceId: string;
  taskId: string;
  /** The object's key. */
  item: string;
}

/** RDS has no such task any more, or its edition lists no files: nothing that it says can tell what became of the file. */
function silenceOf(error: unknown): "rds_task_missing" | "rds_files_not_listed" | null {
  if (listsNoFiles(error)) return "rds_files_not_listed";
  return isExternalError(error) && FORGOTTEN.has(error.fields.providerCode) ? "rds_task_missing" : null;
}

const FORGOTTEN: ReadonlySet<string | null> = new Set(["InvalidMigrateTask", "InvalidTask.NotFound"]);

/** The entries of our object, or why RDS will never list them. */
async function listOurs(
  rds: RdsAccount,
  { instanceId, taskId, item }: FileOfTask,
): Promise<RdsFile[] | "rds_task_missing" | "rds_files_not_listed"> {
  try {
    const files = await rds.listFiles({ instanceId, taskId });
    return files.filter((file) => namesObject(file.fileName, item));
  } catch (error) {
    const silent = silenceOf(error);
    if (silent === null) throw error;
    return silent;
  }
}

function silence(reason: "rds_task_missing" | "rds_files_not_listed", taskId: string): Look {
  return reason === "rds_task_missing"
    ? { state: "unclear", failure: ruleFailure("rds_task_missing", { taskId }) }
    : { state: "unclear", failure: ruleFailure("rds_files_not_listed", { taskId }) };
}

/**
 * A further file of a task, by its name (ours are unique). One that RDS failed to restore and a person had submitted again
 * is there under its name from before: that is no proof.
 */
async function lookInTask(world: OnceWorld, rds: RdsAccount, call: OnceCall, taskId: string): Promise<Look> {
  const { instanceId } = ImportCallRequest.parse(call.request);
  const ours = await listOurs(rds, { instanceId, taskId, item: call.item });
  if (typeof ours === "string") return silence(ours, taskId);
  const before = await world.db.onceCall.count({
    where: {
      kind: call.kind,
      subject: call.subject,
      item: call.item,
      outcome: "accepted",
      reference: taskId,
      id: { not: call.id },
    },
  });
  return ours.length > before || ours.some((file) => !mayBeSentAgain(file.status))
    ? { state: "found", reference: taskId }
    : { state: "absent" };
}

/** A first file makes its task: known by its file's name or, before RDS lists files, by its database while nobody claims it. */
async function lookForNewTask(
  world: OnceWorld,
  rds: RdsAccount,
  call: OnceCall,
  request: ImportCallRequest,
): Promise<Look> {
  const { instanceId, databaseName } = request;
  const intendedMs = call.intendedAt.getTime();
  const tasks = await rds.listTasks({
    instanceId,
    from: new Date(intendedMs - LOOK_BACK_MS).toISOString(),
    to: new Date(intendedMs + LOOK_AHEAD_MS).toISOString(),
  });
  const taken = await listTakenTasks(world, call, instanceId);
  const candidates = tasks.filter(
    (task) => task.databaseName.toLowerCase() === databaseName.toLowerCase() && !taken.has(task.taskId),
  );
  const withoutFiles: string[] = [];
  for (const { taskId, createdAt, status } of candidates) {
    const files = await listFilesOrNone(rds, instanceId, taskId);
    if (files.some((file) => namesObject(file.fileName, call.item)))
      return { state: "found", reference: taskId };
    const isYoung = createdAt === null || Date.parse(createdAt) >= intendedMs - 60_000;
    if (files.length === 0 && isYoung && status !== "failed") withoutFiles.push(taskId);
  }
  const [only, ...more] = withoutFiles;
  if (only === undefined) return lookForDatabase(rds, instanceId, databaseName);
  if (more.length === 0) return { state: "found", reference: only };
  const failure = ruleFailure("import_ambiguous", { candidates: withoutFiles.join(", ") });
  return { state: "unclear", failure };
}

/**
 * The list of tasks is said to hold full backups only and not those of every edition: a database that is there although no
 * task is known to have made it may be ours.
 */
async function lookForDatabase(rds: RdsAccount, instanceId: string, databaseName: string): Promise<Look> {
  const databases = await rds.listDatabases(instanceId);
  const isThere = databases.some(({ name }) => name.toLowerCase() === databaseName.toLowerCase());
  if (!isThere) return { state: "absent" };
  return { state: "unclear", failure: ruleFailure("import_target_appeared", { database: databaseName }) };
}

/** Tasks that are known to be of another call or another migration. */
async function listTakenTasks(world: OnceWorld, call: OnceCall, instanceId: string): Promise<Set<string>> {
  const others = await world.db.migration.findMany({
    where: {
      instanceId,
      rdsTaskId: { not: null },
      ...(call.migrationId ? { id: { not: call.migrationId } } : {}),
    },
    select: { rdsTaskId: true },
  });
  const accepted = await world.db.onceCall.findMany({
    where: {
      kind: "import",
      instanceId,
      outcome: "accepted",
      reference: { not: null },
      id: { not: call.id },
    },
    select: { reference: true },
  });
  const ids = [...others.map((row) => row.rdsTaskId), ...accepted.map((row) => row.reference)];
  return new Set(ids.filter((id) => id !== null));
}

/** What became of a file that RDS took. */
async function fateInTask(rds: RdsAccount, file: FileOfTask): Promise<Look> {
  const { instanceId, taskId } = file;
  const ours = await listOurs(rds, file);
  if (ours === "rds_task_missing") return silence(ours, taskId);
  if (ours !== "rds_files_not_listed" && ours.every(({ status }) => mayBeSentAgain(status)))
    return { state: "absent" };
  const task = await rds.findTask({ instanceId, taskId });
  if (!task) return silence("rds_task_missing", taskId);
  if (task.status === "failed") return { state: "absent" };
  // The task's own state is all there is: while it runs the file is in it, when it waits nobody knows.
  if (ours === "rds_files_not_listed" && task.status !== "running") return silence(ours, taskId);
  return { state: "found", reference: taskId };
}

/** None where RDS's edition lists no files, or forgot the task meanwhile. */
async function listFilesOrNone(rds: RdsAccount, instanceId: string, taskId: string): Promise<RdsFile[]> {
  try {
    return await rds.listFiles({ instanceId, taskId });
  } catch (error) {
    if (silenceOf(error) !== null) return [];
    throw error;
  }
}

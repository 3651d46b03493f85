import { storedHeader } from "@/lib/backup/stored-header";
import { targetAfter } from "@/lib/chain/target-after";
import { diagnoseDescription } from "@/lib/diagnosis/diagnose-description";
import { namesObject } from "@/lib/migration/object-name";
import { pollDelay } from "@/lib/migration/retry-policy";
import { isFailedFile } from "@/lib/rds/failed-file";
import type { RdsFile, RdsTask } from "@/lib/rds/rds-account";
import type { Prisma } from "@/lib/store/generated/client";
import { moveFile } from "@/lib/store/move-file";
import type { FileRow, MigrationRow } from "@/lib/store/typed-rows";
import { followTask } from "../follow-task";
import { targetOf } from "../inspect/inspect-object";
import { type Outcome as AnyOutcome, required, type StepRun, stepAgeMs } from "../step-run";
import type { awaitImport } from "./definition";

type Run = StepRun<typeof awaitImport>;
type Outcome = AnyOutcome<typeof awaitImport>;

/** Follows one file until RDS has restored it. A delayed poll, never a sleeping job. */
export async function runAwaitImport(run: Run): Promise<Outcome> {
  const { migration } = run;
  const file = required(run.file, "file to wait for");
  const followed = await followTask(run);
  if ("type" in followed) return followed;
  const { rds, instanceId, task } = followed;
  const files = await rds.listFiles({ instanceId, taskId: task.taskId });
  const ours = newest(files.filter((entry) => namesObject(entry.fileName, file.objectKey)));
  const record = (tx: Prisma.TransactionClient) => followed.record(tx, files);

  const immediate = migration.method === "immediate";
  const restored = immediate
    ? task.status === "succeeded"
    : ours?.status === "restored" && (task.status === "waiting_for_backup" || task.status === "succeeded");
  if (restored) return restoredOutcome(run, file, task, record);
  if (task.status === "failed" || (ours && isFailedFile(ours.status))) {
    const words = ours?.description || task.description;
    const diagnosis = diagnoseDescription(words);
    return {
      type: "failed",
      failure: {
        reason: "rds_import_failed",
        params: { ...diagnosis?.params, file: file.name, diagnosis: diagnosis?.key ?? "" },
        system: "rds",
        providerCode: ours?.providerStatus ?? task.providerStatus,
        providerMessage: words,
        providerRequestId: null,
      },
      write: async (tx) => {
        await record(tx);
        await moveFile(tx, file.id, "failed");
      },
    };
  }
  const seen = ours?.status ?? "not_started";
  const before = run.checkpoint?.status ?? null;
  return {
    type: "wait",
    status: "waiting_external",
    afterMs: pollDelay(stepAgeMs(run), run.settings.baseMs),
    checkpoint: { status: seen, providerStatus: ours?.providerStatus ?? task.providerStatus },
    ...(before === seen
      ? {}
      : { events: [{ type: "rds_status", payload: { file: file.name, status: seen } }], write: record }),
  };
}

/** A file that was submitted again is listed again: the entry before it tells of what has failed. */
function newest(entries: RdsFile[]): RdsFile | undefined {
  const at = (entry: RdsFile) => (entry.createdAt === null ? 0 : Date.parse(entry.createdAt));
  return [...entries].sort((a, b) => at(b) - at(a))[0];
}

function restoredOutcome(
  run: Run,
  file: FileRow,
  task: RdsTask,
  record: (tx: Prisma.TransactionClient) => Promise<void>,
): Outcome {
  const { ctx, migration } = run;
  const now = ctx.now();
  const immediate = migration.method === "immediate";
  return {
    type: "done",
    result: { taskStatus: task.providerStatus, lastLsn: file.lastLsn },
    events: [
      { type: "file_imported", payload: { file: file.name, lastLsn: file.lastLsn } },
      ...(immediate ? [{ type: "database_online" as const, payload: { downtimeSeconds: null } }] : []),
    ],
    write: async (tx) => {
      await record(tx);
      await moveFile(tx, file.id, "imported", { importedAt: now });
      await tx.migration.update({
        where: { id: migration.id },
        data: { ...targetColumns(migration, file), ...(immediate ? { onlineAt: now } : {}) },
      });
    },
  };
}

/** What the target holds after this file, by the header that was read before it was submitted. */
function targetColumns(migration: MigrationRow, file: FileRow): Prisma.MigrationUpdateInput {
  const target = targetAfter(
    targetOf(migration),
    required(storedHeader(file.header), "header of the imported file"),
  );
  const digits = (lsn: bigint | null | undefined) =>
    lsn === null || lsn === undefined ? null : lsn.toString();
  return {
    targetLsn: digits(target.lsn),
    targetBaseGuid: target.differentialBaseGuid ?? null,
    targetBaseLsn: digits(target.differentialBaseLsn),
    targetForkGuid: target.lastRecoveryForkGuid ?? null,
  };
}

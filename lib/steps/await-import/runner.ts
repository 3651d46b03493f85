import { storedHeader } from "@/lib/backup/stored-header";
import { targetAfter } from "@/lib/chain/target-after";
import { diagnoseDescription } from "@/lib/diagnosis/diagnose-description";
import { isExternalError } from "@/lib/diagnosis/external-error";
import type { FailureFields } from "@/lib/diagnosis/failure-of";
import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import { settleAlarms } from "@/lib/drift/settle-alarms";
import { namesObject } from "@/lib/migration/object-name";
import { TARGET_DRIFT_KINDS } from "@/lib/migration/vocabulary/drift-kind";
import { listFilesIfTold } from "@/lib/rds/list-files-if-told";
import type { RdsAccount, RdsFile, RdsTask } from "@/lib/rds/rds-account";
import type { Prisma } from "@/lib/store/generated/client";
import { moveFile } from "@/lib/store/move-file";
import type { FileRow, MigrationRow } from "@/lib/store/typed-rows";
import { findTarget, followTask } from "../follow-task";
import { differenceOf } from "../import/compare-object";
import { targetOf } from "../inspect/inspect-object";
import { followFork } from "../release-source/follow-fork";
import {
  type Outcome as AnyOutcome,
  lookAgainMs,
  required,
  type StepRun,
  standsStill,
  stepAgeMs,
} from "../step-run";
import type { awaitImport } from "./definition";
import { glanceAwaitImport, isLookDue } from "./glance";
import { judgeRestore } from "./judge-restore";

type Run = StepRun<typeof awaitImport>;
type Outcome = AnyOutcome<typeof awaitImport>;

/**
 * Follows one file until RDS has restored it. A delayed poll, never a sleeping job. What RDS says and nobody can read is
 * shown to a person, with the state of the target, and asked about again: it may settle by itself.
 */
export async function runAwaitImport(run: Run): Promise<Outcome> {
  const { ctx, migration } = run;
  const file = required(run.file, "file to wait for");
  const before = run.checkpoint;
  if (before !== null && (await isAsItWas(run)))
    return { type: "wait", status: "waiting_external", afterMs: lookAgainMs(run), checkpoint: before };
  const listing = listFilesOf(run);
  // Heard of below, unless the task itself tells why there are none.
  listing.catch(() => undefined);
  const followed = await followTask(run);
  if ("type" in followed) return followed;
  const { rds, task } = followed;
  const files = await listing;
  const ours =
    files === null
      ? ("not_told" as const)
      : (newest(files.filter((entry) => namesObject(entry.fileName, file.objectKey))) ?? null);
  const listed = ours === "not_told" ? null : ours;
  const record = (tx: Prisma.TransactionClient) => followed.record(tx, files);
  const wasAtWork = before?.wasAtWork === true || task.status === "running";
  const method = required(migration.method, "method");
  const judged = judgeRestore({ method, task, file: ours, wasAtWork });
  if (judged === "restored")
    return (await replacedOutcome(run, file, record)) ?? restoredOutcome(run, file, task, record);
  if (judged === "failed") return failedOutcome(run, file, { task, listed, record });
  const now = ctx.now().getTime();
  const unsettledSinceMs = judged === "unsettled" ? (before?.unsettledSinceMs ?? now) : null;
  const staysSo = unsettledSinceMs !== null && now - unsettledSinceMs >= run.settings.lookGraceMs;
  const asked = judged === "unclear" || staysSo ? await askTarget(rds, run, { task, file: listed }) : null;
  // Without a list of files the task is all that tells.
  const atWork = ours === "not_told" && task.status === "running" ? "restoring" : "not_started";
  const status = listed?.status ?? atWork;
  return {
    type: "wait",
    status: "waiting_external",
    afterMs: lookAgainMs(run),
    ...(asked ? { failure: asked } : {}),
    checkpoint: {
      status,
      providerStatus: listed?.providerStatus ?? task.providerStatus,
      wasAtWork,
      unsettledSinceMs,
      askedMs: now,
    },
    ...(before?.status === status
      ? {}
      : { events: [{ type: "rds_status", payload: { file: file.name, status } }], write: record }),
  };
}

/** While the source stands still each look is at task and file. */
async function isAsItWas(run: Run): Promise<boolean> {
  const glance = { ...run, ageMs: stepAgeMs(run) };
  return !standsStill(run) && !isLookDue(glance) && (await glanceAwaitImport(glance)) === "as_it_was";
}

/** Asked for beside the task: one after the other would make the end of a restore known later by a call. */
async function listFilesOf({ ctx, migration }: Run): Promise<RdsFile[] | null> {
  const rds = await ctx.clients.rds(required(migration.cloudConnectionId, "cloud account"));
  const instanceId = required(migration.instanceId, "instance");
  return listFilesIfTold(rds, { instanceId, taskId: required(migration.rdsTaskId, "RDS task") });
}

/** What RDS said of task and file, and what the target itself says: for a person to read. */
async function askTarget(
  rds: RdsAccount,
  run: Run,
  said: { task: RdsTask; file: RdsFile | null },
): Promise<FailureFields> {
  const { task, file } = said;
  const database = await findTarget(rds, run.migration);
  return {
    ...ruleFailure("rds_restore_unclear", {
      task: task.providerStatus || "–",
      file: file?.providerStatus || "–",
      database: database?.status ?? "–",
    }),
    system: "rds",
    providerCode: file?.providerStatus ?? task.providerStatus,
    providerMessage: file?.description || task.description || null,
  };
}

/**
 * The object was compared right before it was handed over; one that is another now was overwritten while RDS was at it, and
 * nobody can tell which of the two it read. Null: it is the same, or gone. An OSS that can't be asked holds nothing up.
 */
async function replacedOutcome(
  run: Run,
  file: FileRow,
  record: (tx: Prisma.TransactionClient) => Promise<void>,
): Promise<Outcome | null> {
  try {
    const compared = await differenceOf(run);
    if (compared === null || compared === "missing") return null;
    return {
      type: "failed",
      failure: ruleFailure("object_replaced_in_restore", compared),
      write: async (tx) => {
        await record(tx);
        await moveFile(tx, file.id, "failed");
      },
    };
  } catch (error) {
    if (!isExternalError(error)) throw error;
    run.ctx.log.warn({ err: error }, "the object could not be compared after its restore");
    return null;
  }
}

function failedOutcome(
  { migration }: Run,
  file: FileRow,
  said: {
    task: RdsTask;
    listed: RdsFile | null;
    record: (tx: Prisma.TransactionClient) => Promise<void>;
  },
): Outcome {
  const { task, listed, record } = said;
  // The source may have gone on meanwhile, past a last log that went into no target.
  const wentOn = file.tail && migration.custody === null ? migration.driftBaseline?.forkGuid : null;
  const words = listed?.description || task.description;
  const diagnosis = diagnoseDescription(words);
  return {
    type: "failed",
    failure: {
      reason: "rds_import_failed",
      params: { ...diagnosis?.params, file: file.name, diagnosis: diagnosis?.key ?? "" },
      system: "rds",
      providerCode: listed?.providerStatus ?? task.providerStatus,
      providerMessage: words,
      providerRequestId: null,
    },
    write: async (tx) => {
      await record(tx);
      await moveFile(tx, file.id, "failed");
      if (wentOn) await followFork(tx, migration.id, wentOn);
    },
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
  const stopped = migration.writesStoppedAt;
  const downtimeSeconds = stopped ? Math.round((now.getTime() - stopped.getTime()) / 100) / 10 : null;
  return {
    type: "done",
    result: { taskStatus: task.providerStatus, lastLsn: file.lastLsn },
    events: [
      {
        type: "file_imported",
        payload: { file: file.name, lastLsn: file.lastLsn, ...(file.final ? { final: true } : {}) },
      },
      ...(immediate ? [{ type: "database_online" as const, payload: { downtimeSeconds } }] : []),
    ],
    write: async (tx) => {
      await record(tx);
      await moveFile(tx, file.id, "imported", { importedAt: now });
      // An alarm of the target that was raised while RDS did not know its task: it took a file, and waits for the next.
      await settleAlarms(ctx, tx, { migrationId: migration.id, kinds: TARGET_DRIFT_KINDS, findings: [] });
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
    targetFamilyGuid: target.familyGuid ?? null,
  };
}

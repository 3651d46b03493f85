import { isExternalError } from "@/lib/diagnosis/external-error";
import { failureOf } from "@/lib/diagnosis/failure-of";
import { IMPORTS_PER_DAY } from "@/lib/migration/rds-limits";
import { attemptAfter, decideRetry } from "@/lib/migration/retry-policy";
import type { RdsAccount } from "@/lib/rds/rds-account";
import type { ImportAttempt } from "@/lib/store/generated/client";
import { countImportsToday } from "@/lib/store/import-budget";
import { type Outcome as AnyOutcome, required, ruleFailure, type StepRun } from "../step-run";
import type { importFile } from "./definition";

type Run = StepRun<typeof importFile>;
type Outcome = AnyOutcome<typeof importFile>;

import { findAcceptedImport } from "./find-accepted-import";
import { holdForDrift } from "./hold-for-drift";
import { recheckBeforeImport } from "./recheck-before-import";

/**
 * CreateMigrateTask, which has no client token. *Once*: an attempt row is committed before the call; while one is
 * unsettled, RDS is asked whether it happened, and only its proven absence allows another.
 */
export async function runImport(run: Run): Promise<Outcome> {
  const { ctx, migration, step } = run;
  const file = required(run.file, "file to import");
  const rds = await ctx.clients.rds(required(migration.cloudConnectionId, "cloud account"));
  const open = await ctx.db.importAttempt.findFirst({ where: { stepId: step.id, outcome: "intended" } });
  if (open) return lookForImport(run, rds, open);
  const blocked = await recheckBeforeImport(run);
  if (blocked) return blocked;
  const held = await holdForDrift(run);
  if (held) return held;

  const instanceId = required(migration.instanceId, "instance");
  const databaseName = required(migration.targetDatabase, "target database");
  const used = await countImportsToday(ctx.db, { instanceId, databaseName, now: ctx.now() });
  if (used >= IMPORTS_PER_DAY) {
    const failure = ruleFailure("imports_exhausted", { used, limit: IMPORTS_PER_DAY });
    return { type: "wait", status: "waiting_external", afterMs: 60_000, failure };
  }
  const bucket = required(migration.bucket, "bucket");
  const endpoint = required(migration.bucketEndpoint, "bucket endpoint");
  const attemptId = ctx.newId();
  await run.saveIntent(
    { attemptId },
    [{ type: "import_intended", payload: { file: file.name } }],
    async (tx) => {
      await tx.importAttempt.create({
        data: {
          id: attemptId,
          migrationId: migration.id,
          stepId: step.id,
          fileId: file.id,
          instanceId,
          databaseName,
          objectKey: file.objectKey,
          outcome: "intended",
          intendedAt: ctx.now(),
        },
      });
    },
  );
  try {
    const accepted = await rds.createImport({
      instanceId,
      databaseName,
      method: migration.method === "immediate" ? "immediate" : "access_pending",
      taskId: migration.rdsTaskId,
      checkMode: migration.checkMode === "sync" ? "sync" : "async",
      object: { endpoint, bucket, key: file.objectKey },
    });
    return importAccepted(run, {
      attemptId,
      rdsTaskId: accepted.taskId,
      requestId: accepted.requestId,
      how: "answer",
    });
  } catch (error) {
    return importNotAnswered(run, attemptId, error);
  }
}

async function importNotAnswered(run: Run, attemptId: string, error: unknown): Promise<Outcome> {
  const { ctx, step, settings } = run;
  if (!isExternalError(error)) throw error;
  const failure = failureOf(error);
  if (error.fields.mayHaveHappened) {
    // The attempt stays unsettled: the next run looks.
    return { type: "wait", status: "retrying", afterMs: settings.baseMs, failure };
  }
  const refused = async (tx: Parameters<NonNullable<Outcome["write"]>>[0]) => {
    await tx.importAttempt.update({
      where: { id: attemptId },
      data: {
        outcome: "refused",
        settledBy: "answer",
        settledAt: ctx.now(),
        providerCode: error.fields.providerCode,
        requestId: error.fields.providerRequestId,
      },
    });
  };
  const decision = decideRetry(error.fields, Math.max(1, step.attempt), settings.baseMs);
  if (decision.retry) {
    const waitSeconds = Math.max(1, Math.ceil(decision.afterMs / 1000));
    const event =
      error.fields.kind === "throttled"
        ? { type: "throttled", payload: { system: "rds", waitSeconds } }
        : {
            type: "step_retrying",
            payload: { kind: "import", attempt: step.attempt, reason: failure.reason, waitSeconds },
          };
    return {
      type: "wait",
      status: "retrying",
      afterMs: decision.afterMs,
      failure,
      events: [event],
      write: refused,
      attempt: attemptAfter(error.fields, step.attempt),
    };
  }
  return {
    type: "failed",
    failure,
    events: [
      { type: "import_refused", payload: { file: run.file?.name ?? "", code: error.fields.providerCode } },
    ],
    write: refused,
  };
}

/** An attempt without an answer: look for its effect; absent only after looking for the whole grace time. */
async function lookForImport(run: Run, rds: RdsAccount, attempt: ImportAttempt): Promise<Outcome> {
  const { ctx, migration, settings } = run;
  const found = await findAcceptedImport({
    rds,
    db: ctx.db,
    instanceId: attempt.instanceId,
    databaseName: attempt.databaseName,
    taskId: migration.rdsTaskId,
    objectKey: attempt.objectKey,
    intendedAt: attempt.intendedAt,
    migrationId: migration.id,
  });
  if (found.state === "found") {
    return importAccepted(run, {
      attemptId: attempt.id,
      rdsTaskId: found.taskId,
      requestId: null,
      how: "look",
    });
  }
  if (found.state === "ambiguous") {
    return {
      type: "unknown",
      failure: ruleFailure("import_ambiguous", { candidates: found.taskIds.join(", ") }),
    };
  }
  // From the first look on, not from the call: a call that timed out may have used the whole grace up by itself.
  const lookingSince = readLookingSince(run, attempt.id) ?? ctx.now().getTime();
  if (ctx.now().getTime() - lookingSince < settings.lookGraceMs) {
    return {
      type: "wait",
      status: "retrying",
      afterMs: settings.baseMs,
      failure: ruleFailure("import_looking", {}),
      checkpoint: { lookingFor: attempt.id, lookingSince },
      attempt: 0,
    };
  }
  return {
    type: "wait",
    status: "retrying",
    afterMs: 0,
    events: [
      {
        type: "step_retrying",
        payload: { kind: "import", attempt: run.step.attempt, reason: "import_absent", waitSeconds: 0 },
      },
    ],
    write: async (tx) => {
      await tx.importAttempt.update({
        where: { id: attempt.id },
        data: { outcome: "absent", settledBy: "look", settledAt: ctx.now() },
      });
    },
  };
}

/** Milliseconds; null when nobody has looked for this attempt yet. */
function readLookingSince({ checkpoint }: Run, attemptId: string): number | null {
  return checkpoint?.lookingFor === attemptId ? checkpoint.lookingSince : null;
}

function importAccepted(
  run: Run,
  accepted: { attemptId: string; rdsTaskId: string; requestId: string | null; how: "answer" | "look" },
): Outcome {
  const { ctx, migration } = run;
  const file = required(run.file, "file to import");
  const { rdsTaskId, requestId } = accepted;
  const taskId = migration.rdsTaskId ?? rdsTaskId;
  return {
    type: "done",
    result: { rdsTaskId, requestId, foundByLooking: accepted.how === "look" },
    events: [
      accepted.how === "look"
        ? { type: "import_found", payload: { file: file.name, rdsTaskId } }
        : { type: "import_accepted", payload: { file: file.name, rdsTaskId, requestId } },
    ],
    write: async (tx) => {
      await tx.importAttempt.update({
        where: { id: accepted.attemptId },
        data: { outcome: "accepted", settledBy: accepted.how, settledAt: ctx.now(), rdsTaskId, requestId },
      });
      await tx.backupFile.update({ where: { id: file.id }, data: { state: "importing" } });
      await tx.migration.update({ where: { id: migration.id }, data: { rdsTaskId: taskId } });
    },
  };
}

import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import { type ImportCallRequest, importEffect, importTarget } from "@/lib/once/import-effect";
import type { OnceCall } from "@/lib/store/generated/client";
import { moveFile } from "@/lib/store/move-file";
import { type Outcome as AnyOutcome, required, type StepRun } from "../step-run";
import { takeOnce } from "../take-once";
import { compareObject } from "./compare-object";
import type { importFile } from "./definition";
import { holdForDrift } from "./hold-for-drift";
import { holdForTarget } from "./hold-for-target";
import { judgeAgain } from "./judge-again";
import { recheckBeforeImport } from "./recheck-before-import";

type Run = StepRun<typeof importFile>;
type Outcome = AnyOutcome<typeof importFile>;

/** CreateMigrateTask, which has no client token. *Once*: an earlier call of this file is settled before another is made. */
export async function runImport(run: Run): Promise<Outcome> {
  const { migration, step } = run;
  const file = required(run.file, "file to import");
  const request: ImportCallRequest = {
    instanceId: required(migration.instanceId, "instance"),
    databaseName: required(migration.targetDatabase, "target database"),
    method: migration.method === "immediate" ? "immediate" : "access_pending",
    taskId: migration.rdsTaskId,
    checkMode: migration.checkMode === "sync" ? "sync" : "async",
    object: {
      endpoint: required(migration.bucketEndpoint, "bucket endpoint"),
      bucket: required(migration.bucket, "bucket"),
      key: file.objectKey,
    },
    lastLsn: file.lastLsn,
  };
  const taken = await takeOnce(run, {
    effect: importEffect,
    target: importTarget(
      { ...request, key: file.objectKey },
      {
        connectionId: required(migration.cloudConnectionId, "cloud account"),
        migrationId: migration.id,
        stepId: step.id,
        fileId: file.id,
      },
    ),
    prepare: async () => {
      const outcome =
        (await judgeAgain(run)) ??
        (await recheckBeforeImport(run)) ??
        (await holdForDrift(run)) ??
        (await holdForTarget(run)) ??
        (await compareObject(run));
      return outcome ? { outcome } : { request };
    },
    intended: [{ type: "import_intended", payload: { file: file.name } }],
    absent: {
      type: "step_retrying",
      payload: { kind: "import", attempt: step.attempt, reason: "import_absent", waitSeconds: 0 },
    },
    refused: ({ fields }) => ({
      type: "import_refused",
      payload: { file: file.name, code: fields.providerCode },
    }),
    looking: ruleFailure("import_looking", {}),
  });
  return "outcome" in taken ? taken.outcome : importAccepted(run, taken.call);
}

function importAccepted(run: Run, call: OnceCall): Outcome {
  const { migration } = run;
  const file = required(run.file, "file to import");
  const { requestId } = call;
  const rdsTaskId = required(call.reference, "RDS task of the import");
  const isFound = call.settledBy !== "answer";
  return {
    type: "done",
    result: { rdsTaskId, requestId, foundByLooking: isFound },
    events: [
      isFound
        ? { type: "import_found", payload: { file: file.name, rdsTaskId } }
        : { type: "import_accepted", payload: { file: file.name, rdsTaskId, requestId } },
    ],
    write: async (tx) => {
      await moveFile(tx, file.id, "importing");
      await tx.migration.update({
        where: { id: migration.id },
        data: { rdsTaskId: migration.rdsTaskId ?? rdsTaskId },
      });
    },
  };
}

import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import { type OpenCallRequest, openEffect, openTarget, openToken } from "@/lib/once/open-effect";
import { type Outcome as AnyOutcome, required, type StepRun } from "../step-run";
import { takeOnce } from "../take-once";
import type { open } from "./definition";

type Run = StepRun<typeof open>;
type Outcome = AnyOutcome<typeof open>;

/** CreateOnlineDatabaseTask. *Once*: its token is the task's, and a task that no longer waits proves that the call arrived. */
export async function runOpen(run: Run): Promise<Outcome> {
  const { migration, step } = run;
  const instanceId = required(migration.instanceId, "instance");
  const taskId = required(migration.rdsTaskId, "RDS task");
  const request: OpenCallRequest = {
    instanceId,
    databaseName: required(migration.targetDatabase, "target database"),
    taskId,
    checkMode: migration.checkMode === "sync" ? "sync" : "async",
    clientToken: openToken(instanceId, taskId),
  };
  const taken = await takeOnce(run, {
    effect: openEffect,
    target: openTarget(request, {
      connectionId: required(migration.cloudConnectionId, "cloud account"),
      migrationId: migration.id,
      stepId: step.id,
    }),
    prepare: async () => ({ request }),
    intended: [{ type: "open_intended", payload: {} }],
    looking: ruleFailure("open_looking", {}),
  });
  if ("outcome" in taken) return taken.outcome;
  const { requestId, settledBy } = taken.call;
  return settledBy === "answer"
    ? { type: "done", result: { requestId }, events: [{ type: "open_accepted", payload: { requestId } }] }
    : { type: "done", result: { foundByLooking: true }, events: [{ type: "open_found", payload: {} }] };
}

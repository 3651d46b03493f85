import { isExternalError } from "@/lib/diagnosis/external-error";
import { failureOf } from "@/lib/diagnosis/failure-of";
import { decideRetry } from "@/lib/migration/retry-policy";
import { type Outcome as AnyOutcome, required, ruleFailure, type StepRun } from "../step-run";
import type { open } from "./definition";

type Run = StepRun<typeof open>;
type Outcome = AnyOutcome<typeof open>;

/**
 * CreateOnlineDatabaseTask. *Once*: the token is written down first and is the same for every try, and a task that is
 * no longer waiting proves that the call arrived.
 */
export async function runOpen(run: Run): Promise<Outcome> {
  const { ctx, migration, step, settings } = run;
  const instanceId = required(migration.instanceId, "instance");
  const taskId = required(migration.rdsTaskId, "RDS task");
  const rds = await ctx.clients.rds(required(migration.cloudConnectionId, "cloud account"));
  const checkMode = migration.checkMode === "sync" ? "sync" : "async";
  if (run.intent) {
    const task = await rds.findTask({ instanceId, taskId });
    if (!task) return { type: "failed", failure: ruleFailure("rds_task_missing", { taskId }) };
    if (task.status === "running" || task.status === "succeeded") {
      return {
        type: "done",
        result: { foundByLooking: true },
        events: [{ type: "open_found", payload: {} }],
      };
    }
  } else {
    await run.saveIntent({ clientToken: step.id, at: ctx.now().toISOString() }, [
      { type: "open_intended", payload: {} },
    ]);
  }
  try {
    const answer = await rds.openDatabase({
      instanceId,
      databaseName: required(migration.targetDatabase, "target database"),
      taskId,
      checkMode,
      clientToken: step.id,
    });
    return {
      type: "done",
      result: { requestId: answer.requestId },
      events: [{ type: "open_accepted", payload: { requestId: answer.requestId } }],
    };
  } catch (error) {
    if (!isExternalError(error)) throw error;
    const failure = failureOf(error);
    if (error.fields.mayHaveHappened)
      return { type: "wait", status: "retrying", afterMs: settings.baseMs, failure };
    const decision = decideRetry(error.fields, Math.max(1, step.attempt), settings.baseMs);
    if (!decision.retry) return { type: "failed", failure };
    return { type: "wait", status: "retrying", afterMs: decision.afterMs, failure };
  }
}

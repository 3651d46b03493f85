import { diagnoseDescription } from "@/lib/diagnosis/diagnose-description";
import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import { pollDelay } from "@/lib/migration/retry-policy";
import { recordTask } from "@/lib/store/record-task";
import { type Outcome as AnyOutcome, required, type StepRun, stepAgeMs } from "../step-run";
import type { awaitCheck } from "./definition";

type Run = StepRun<typeof awaitCheck>;
type Outcome = AnyOutcome<typeof awaitCheck>;

/**
 * Follows DBCC CHECKDB to its verdict. Synchronous: it ran before the database came online. Asynchronous: RDS writes
 * the verdict into the task's description later. The database is online either way.
 */
export async function runAwaitCheck(run: Run): Promise<Outcome> {
  const { ctx, migration } = run;
  if (migration.checkMode === "sync") {
    return {
      type: "done",
      result: { check: true, description: "" },
      events: [{ type: "check_succeeded", payload: {} }],
    };
  }
  const instanceId = required(migration.instanceId, "instance");
  const taskId = required(migration.rdsTaskId, "RDS task");
  const connectionId = required(migration.cloudConnectionId, "cloud account");
  const rds = await ctx.clients.rds(connectionId);
  const task = await rds.findTask({ instanceId, taskId });
  if (!task) return { type: "failed", failure: ruleFailure("rds_task_missing", { taskId }) };
  const diagnosis = diagnoseDescription(task.description);
  const write = (tx: Parameters<typeof recordTask>[0]) =>
    recordTask(tx, { connectionId, instanceId, migrationId: migration.id, task, files: null });
  if (diagnosis?.key === "checkdb_succeeded_async") {
    return {
      type: "done",
      result: { check: true, description: task.description },
      events: [{ type: "check_succeeded", payload: {} }],
      write,
    };
  }
  if (diagnosis?.key === "checkdb_failed_async" || diagnosis?.key === "checkdb_failed") {
    return {
      type: "done",
      result: { check: false, description: task.description },
      events: [{ type: "check_failed", payload: { description: task.description } }],
      write,
    };
  }
  return {
    type: "wait",
    status: "waiting_external",
    afterMs: pollDelay(stepAgeMs(run), run.settings.baseMs),
  };
}

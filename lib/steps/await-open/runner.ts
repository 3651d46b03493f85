import { diagnoseDescription } from "@/lib/diagnosis/diagnose-description";
import { ruleFailure } from "@/lib/diagnosis/rule-failure";
import { pollDelay } from "@/lib/migration/retry-policy";
import { recordTask } from "@/lib/store/record-task";
import { type Outcome as AnyOutcome, required, type StepRun, stepAgeMs } from "../step-run";
import type { awaitOpen } from "./definition";

type Run = StepRun<typeof awaitOpen>;
type Outcome = AnyOutcome<typeof awaitOpen>;

/** Follows the opening until the database is online: the end of the downtime. */
export async function runAwaitOpen(run: Run): Promise<Outcome> {
  const { ctx, migration } = run;
  const instanceId = required(migration.instanceId, "instance");
  const taskId = required(migration.rdsTaskId, "RDS task");
  const connectionId = required(migration.cloudConnectionId, "cloud account");
  const rds = await ctx.clients.rds(connectionId);
  const task = await rds.findTask({ instanceId, taskId });
  if (!task) return { type: "failed", failure: ruleFailure("rds_task_missing", { taskId }) };
  if (task.status === "failed") {
    return {
      type: "failed",
      failure: {
        reason: "rds_open_failed",
        params: { diagnosis: diagnoseDescription(task.description)?.key ?? "" },
        system: "rds",
        providerCode: task.providerStatus,
        providerMessage: task.description,
        providerRequestId: null,
      },
      write: (tx) =>
        recordTask(tx, { connectionId, instanceId, migrationId: migration.id, task, files: null }),
    };
  }
  if (task.status !== "succeeded") {
    return {
      type: "wait",
      status: "waiting_external",
      afterMs: pollDelay(stepAgeMs(run), run.settings.baseMs),
    };
  }
  const now = ctx.now();
  const stopped = migration.writesStoppedAt;
  const downtimeSeconds = stopped ? Math.round((now.getTime() - stopped.getTime()) / 100) / 10 : null;
  return {
    type: "done",
    result: { downtimeSeconds },
    events: [{ type: "database_online", payload: { downtimeSeconds } }],
    write: async (tx) => {
      await recordTask(tx, { connectionId, instanceId, migrationId: migration.id, task, files: null });
      await tx.migration.update({ where: { id: migration.id }, data: { onlineAt: now } });
    },
  };
}

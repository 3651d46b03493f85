import { judgeTarget } from "@/lib/migration/judge-target";
import { pollDelay } from "@/lib/migration/retry-policy";
import { findTarget, followTask } from "../follow-task";
import { type Outcome as AnyOutcome, type StepRun, stepAgeMs } from "../step-run";
import type { checkTarget } from "./definition";

type Run = StepRun<typeof checkTarget>;
type Outcome = AnyOutcome<typeof checkTarget>;

/**
 * Asks RDS once more whether the target still takes files, right before writes are stopped: for one that somebody opened in
 * the console meanwhile, or whose task has failed, the source would stand still for nothing. Throws ExternalError.
 */
export async function runCheckTarget(run: Run): Promise<Outcome> {
  const { migration, settings } = run;
  const followed = await followTask(run);
  if ("type" in followed) return followed;
  const { rds, task } = followed;
  const database = await findTarget(rds, migration);
  const result = { taskStatus: task.providerStatus, databaseStatus: database?.status ?? null };
  const write: Outcome["write"] = (tx) => followed.record(tx, null);
  switch (
    judgeTarget({
      task: task.status,
      database: result.databaseStatus,
      wasListed: migration.targetListed,
    })
  ) {
    case "takes_files":
      return { type: "done", result, write };
    case "busy":
      return {
        type: "wait",
        status: "waiting_external",
        afterMs: pollDelay(stepAgeMs(run), settings.baseMs),
      };
    case "target_opened":
    case "target_deleted":
    case "target_task_ended":
      return {
        type: "failed",
        result,
        failure: {
          reason: "rds_database_state",
          params: {},
          system: "rds",
          providerCode: database?.status ?? task.providerStatus,
          providerMessage: task.description || null,
          providerRequestId: null,
        },
        write,
      };
  }
}

import { settleAlarms } from "@/lib/drift/settle-alarms";
import { targetFindings } from "@/lib/drift/watch-target";
import { judgeTarget } from "@/lib/migration/judge-target";
import { pollDelay } from "@/lib/migration/retry-policy";
import { TARGET_DRIFT_KINDS } from "@/lib/migration/vocabulary/drift-kind";
import { findTarget, followTask } from "../follow-task";
import { type Outcome as AnyOutcome, type StepRun, stepAgeMs } from "../step-run";
import type { checkTarget } from "./definition";

type Run = StepRun<typeof checkTarget>;
type Outcome = AnyOutcome<typeof checkTarget>;

/**
 * Asks RDS once more whether the target still takes files, right before writes are stopped: for one that somebody opened in
 * the console meanwhile, or whose task has failed, the source would stand still for nothing. What became of it is an alarm, which goes when a retry finds it waiting. Throws
 * ExternalError.
 */
export async function runCheckTarget(run: Run): Promise<Outcome> {
  const { ctx, migration, settings } = run;
  const followed = await followTask(run);
  if ("type" in followed) return followed;
  const { rds, task } = followed;
  const database = await findTarget(rds, migration);
  const result = { taskStatus: task.providerStatus, databaseStatus: database?.status ?? null };
  const standing = judgeTarget({
    task: task.status,
    database: result.databaseStatus,
    wasListed: migration.targetListed,
  });
  const seen = { task: result.taskStatus, database: result.databaseStatus };
  const findings = targetFindings(migration, standing, seen);
  const write: Outcome["write"] = async (tx) => {
    await followed.record(tx, null);
    // The watch looks away while this step is open.
    await settleAlarms(ctx, tx, { migrationId: migration.id, kinds: TARGET_DRIFT_KINDS, findings });
  };
  switch (standing) {
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

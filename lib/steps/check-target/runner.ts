import { pollDelay } from "@/lib/migration/retry-policy";
import type { RdsDatabase, RdsTask } from "@/lib/rds/rds-account";
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
  const database = (await findTarget(rds, migration)) ?? undefined;
  const result = { taskStatus: task.providerStatus, databaseStatus: database?.status ?? null };
  const write: Outcome["write"] = (tx) => followed.record(tx, null);
  switch (standingOf(task, database)) {
    case "takes_files":
      return { type: "done", result, write };
    case "busy":
      return {
        type: "wait",
        status: "waiting_external",
        afterMs: pollDelay(stepAgeMs(run), settings.baseMs),
      };
    case "closed":
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

/** A database that is not listed proves nothing: not every edition is known to list one that is being restored. */
function standingOf(task: RdsTask, database: RdsDatabase | undefined): "takes_files" | "busy" | "closed" {
  if (database?.status === "Running") return "closed";
  switch (task.status) {
    case "waiting_for_backup":
      return "takes_files";
    case "not_started":
    case "running":
      return "busy";
    case "succeeded":
      // Some tasks are said to have succeeded while their database waits for the next file.
      return database ? "takes_files" : "closed";
    case "failed":
    case "other":
      return "closed";
  }
}

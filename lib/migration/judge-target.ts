import type { TargetDriftKind } from "./vocabulary/drift-kind";
import type { RdsTaskStatus } from "./vocabulary/rds-status";

/** Whether the target takes another file, is at work on one, or takes none any more. */
export type TargetStanding = "takes_files" | "busy" | TargetDriftKind;

/**
 * Judges a target by what RDS says of it, between rounds and right before writes are stopped. `task` null: RDS does not know
 * our task any more; `database` null: it is not listed. That alone proves nothing, since not every edition is known to list one
 * that is being restored; of one that was listed before, it says that it was deleted.
 */
export function judgeTarget({
  task,
  database,
  wasListed,
}: {
  task: RdsTaskStatus | null;
  /** DBStatus, in RDS's own words. */
  database: string | null;
  /** The instance has listed this database before. */
  wasListed: boolean;
}): TargetStanding {
  if (database === "Running") return "target_opened";
  switch (task) {
    case "waiting_for_backup":
      return database === null && wasListed ? "target_deleted" : "takes_files";
    case "not_started":
    case "running":
      return "busy";
    case "succeeded":
      // Some tasks are said to have succeeded while their database waits for the next file.
      return database === null ? "target_deleted" : "takes_files";
    case "other":
    case null:
      return database === null ? "target_deleted" : "target_task_ended";
    case "failed":
      return "target_task_ended";
  }
}

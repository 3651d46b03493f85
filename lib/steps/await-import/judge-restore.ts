import type { MigrationMethod } from "@/lib/migration/vocabulary/method";
import { isFailedFile } from "@/lib/rds/failed-file";
import type { RdsFile, RdsTask } from "@/lib/rds/rds-account";

export type Restore =
  | "restored"
  | "failed"
  | "at_work"
  /** Two answers do not fit each other, as they may for a moment: asked again, and shown when it stays so. */
  | "unsettled"
  /** RDS said what nobody here knows how to read, or what can't come of a file that is being restored. */
  | "unclear";

export interface Seen {
  method: MigrationMethod;
  task: RdsTask;
  /** The newest entry of our file. Null: RDS does not list it. `not_told`: its edition lists no files. */
  file: RdsFile | null | "not_told";
  /** RDS was seen at work since it took the file. */
  wasAtWork: boolean;
}

/** Where RDS stands with one file, by the words of its task and of the file itself. */
export function judgeRestore({ method, task, file, wasAtWork }: Seen): Restore {
  const listed = file === null || file === "not_told" ? null : file;
  if (task.status === "failed" || (listed && isFailedFile(listed.status))) return "failed";
  if (method === "immediate") return judgeWhole(task);
  const idle = task.status === "waiting_for_backup" || task.status === "succeeded";
  if (listed?.status === "restored")
    return idle ? "restored" : task.status === "other" ? "unclear" : "at_work";
  if (task.status === "other" || (listed && ODD.has(listed.status))) return "unclear";
  if (!idle) return "at_work";
  // Somebody opened the database before our file was in it.
  if (task.status === "succeeded" && file !== "not_told") return "unclear";
  if (file === "not_told") return wasAtWork ? "restored" : "unsettled";
  return "unsettled";
}

const ODD: ReadonlySet<string> = new Set(["other", "deleted", "delete_failed"]);

/** One full backup that RDS opens by itself: its task tells everything. */
function judgeWhole(task: RdsTask): Restore {
  if (task.status === "succeeded") return "restored";
  return task.status === "not_started" || task.status === "running" ? "at_work" : "unclear";
}

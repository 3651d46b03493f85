import type { RecordTaskView } from "@/lib/contracts/record";
import type { Status } from "@/lib/migration/vocabulary/status";

/** How a task of RDS looks in our one vocabulary: glyph and tone come from the status table, words stay the console's. */
export const TASK_LOOK: Record<RecordTaskView["status"], Status> = {
  not_started: "pending",
  running: "running",
  succeeded: "succeeded",
  failed: "failed",
  waiting_for_backup: "waiting_for_backup",
  other: "unknown",
};

const FILE_LOOK: Readonly<Record<string, Status>> = {
  not_started: "pending",
  downloading: "running",
  downloaded: "waiting_external",
  download_failed: "failed",
  checksum_failed: "failed",
  check_succeeded: "waiting_external",
  check_failed: "failed",
  restoring: "running",
  restored: "succeeded",
  restore_failed: "failed",
  deleted: "skipped",
  delete_failed: "failed",
};

/** The same for a file of a task; a state that we do not know is shown as unknown, never as fine. */
export function fileLook(status: string): Status {
  return Object.hasOwn(FILE_LOOK, status) ? (FILE_LOOK[status] ?? "unknown") : "unknown";
}

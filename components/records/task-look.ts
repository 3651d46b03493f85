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

/** The thing a person must do next. Texts are `needs.<key>`. */
export const NEED_KEYS = [
  "finish_draft",
  "source_closed",
  "deadline_passed",
  "hold_missed",
  "drift",
  "target_lost",
  "timeline",
  "file_unread",
  "step_unknown",
  "step_failed",
  "step_overdue",
  "step_held",
  "check_failed",
  "upload_next_file",
  "file_refused",
  "take_backup",
  "cutover_ready",
] as const;
export type NeedKey = (typeof NEED_KEYS)[number];

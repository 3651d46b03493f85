/** What a good cutover needs. Texts are `advance.<key>`. */
export const CONDITION_KEYS = [
  "full_imported",
  "nothing_pending",
  "no_refused_file",
  "hole_bridged",
  "no_foreign_backup",
  "target_takes_files",
  "imports_left",
  "last_log_small",
  "checklist_ticked",
] as const;
export type ConditionKey = (typeof CONDITION_KEYS)[number];

/** Met, yours to fix, or one that clears by itself. */
export const CONDITION_STATES = ["met", "yours", "wait"] as const;
export type ConditionState = (typeof CONDITION_STATES)[number];

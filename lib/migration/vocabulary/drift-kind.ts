/** What somebody else did to the source while a migration runs. */
export const SOURCE_DRIFT_KINDS = [
  "foreign_log",
  "base_reset",
  "recovery_model_changed",
  "log_chain_restarted",
  "restored",
] as const;

/** What became of the target without us: it takes no more of our files. */
export const TARGET_DRIFT_KINDS = ["target_opened", "target_deleted", "target_task_ended"] as const;
export type TargetDriftKind = (typeof TARGET_DRIFT_KINDS)[number];

/** Texts are `drift.<kind>.*`. */
export const DRIFT_KINDS = [...SOURCE_DRIFT_KINDS, ...TARGET_DRIFT_KINDS] as const;
export type DriftKind = (typeof DRIFT_KINDS)[number];

export function isTargetDrift(kind: DriftKind): kind is TargetDriftKind {
  return TARGET_DRIFT_KINDS.some((one) => one === kind);
}

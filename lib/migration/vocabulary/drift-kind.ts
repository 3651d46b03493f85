/** What somebody else did to the source while a migration runs. Texts are `drift.<kind>.*`. */
export const DRIFT_KINDS = [
  "foreign_log",
  "base_reset",
  "recovery_model_changed",
  "log_chain_restarted",
  "restored",
] as const;
export type DriftKind = (typeof DRIFT_KINDS)[number];

/** What may be asked of a migration as a whole; what may be asked of a step or a file follows from its own state. */
export const ALLOWED_ACTIONS = [
  "take_log",
  "take_differential",
  "scan_now",
  "set_schedule",
  "cutover",
  "release_hold",
  "disarm",
  "go_back",
  "new_chain",
  "cancel",
] as const;
export type AllowedAction = (typeof ALLOWED_ACTIONS)[number];

/** What may be asked of a migration as a whole; what may be asked of a step or a file follows from its own state. */
export const ALLOWED_ACTIONS = [
  "take_differential",
  "take_log",
  "cutover",
  "cancel",
  "set_schedule",
  "go_back",
  "scan_now",
] as const;
export type AllowedAction = (typeof ALLOWED_ACTIONS)[number];

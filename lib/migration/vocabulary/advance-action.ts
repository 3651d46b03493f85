/** Controls by which a migration goes on. Texts are `migration.advance.<action>`. */
export const ADVANCE_ACTIONS = [
  "cutover",
  "take_log",
  "take_differential",
  "scan_now",
  "show_cutover",
] as const;
export type AdvanceAction = (typeof ADVANCE_ACTIONS)[number];

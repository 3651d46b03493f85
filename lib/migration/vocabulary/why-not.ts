/** Why an action can't be asked for now. Texts are `migration.why_not.<reason>`. */
export const WHY_NOTS = [
  "not_started",
  "over",
  "full_not_handed",
  "full_not_restored",
  "in_hand",
  "immediate",
  "opened",
  "cutover_running",
  "no_cutover",
  "armed",
  "not_armed",
  "step_stopped",
  "others_take_backups",
  "releasing",
  "target_waits",
] as const;
export type WhyNot = (typeof WHY_NOTS)[number];

/** Conditions of the cutover: what each one is, then how it stands. */
export const advance = {
  full_imported: "Full backup restored on RDS",
  nothing_pending: "Nothing pending",
  imports_left: "{left} of {limit} imports left today",
  last_log_small: "Last log backup under {limitMb} MB",
  checklist_ticked: "Checklist ticked",
  "checklist_ticked.yours":
    "{open, plural, one {# line} other {# lines}} not ticked in the cutover’s dialog.",
  no_refused_file: "No refused file",
  "full_imported.wait": "Waits for backup, upload and restore of the full.",
  "nothing_pending.wait": "Waits for the steps that run.",
  "imports_left.wait": "The cutover needs 2; the budget is free again tomorrow.",
  "imports_left.yours": "The cutover needs 2; the budget is free again tomorrow.",
  "last_log_small.yours":
    "Take one more log backup: the smaller the last one, the shorter the downtime. You may go on without.",
  "last_log_small.wait": "Log backups go on until one is small.",
  "no_refused_file.yours": "Yours to fix: see under Files which backup is needed, or skip the file.",
  target_takes_files: "The target waits for the next file",
  "target_takes_files.yours":
    "Yours to fix: the target was opened, deleted or its task ended, see the alarm above.",
  hole_bridged: "A differential since the cutover that was taken back",
  "hole_bridged.yours":
    "Yours to do: its last log went into no target, and the next log begins where it ended. Only a differential reaches over that.",
  no_foreign_backup: "No backup by others since ours",
  "no_foreign_backup.yours": "Yours to fix: somebody else broke the chain, see the alarm above.",
  "state.met": "Met",
  "state.yours": "Yours to fix",
  "state.wait": "Clears by itself",
} as const;

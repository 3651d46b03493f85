/** The next thing that a person must do. `.short` where a value of the long text is missing. */
export const needs = {
  finish_draft: "Finish the guide and start",
  take_backup: "Take the next differential or log backup, or cut over",
  upload_next_file: "Put the next backup into the bucket: it must contain LSN {atLsn}",
  "upload_next_file.short": "Put the next backup into the bucket",
  drop_next_file: "Drop the next backup on this page: it must contain LSN {atLsn}",
  "drop_next_file.short": "Drop the next backup on this page",
  file_refused: "{file} was refused: {what}. {needed}",
  "file_refused.short": "{file} was refused: see why and what is needed",
  step_failed: "{step} failed: see the reason, mend it, retry",
  "step_failed.short": "A step failed: see the reason, mend it, retry",
  step_unknown: "{step}: look whether it happened, and say so",
  "step_unknown.short": "Look whether the step happened, and say so",
  step_overdue:
    "{step} takes {hours, plural, one {# hour} other {# hours}} already: look at RDS, or open a ticket",
  "step_overdue.short": "A step at RDS takes longer than usual: look at RDS, or open a ticket",
  step_held: "{step} waits for you; the answer was “{words}”. See at the step what to do",
  "step_held.short": "A step waits for a person: see what was answered",
  check_failed:
    "Online, with errors: DBCC CHECKDB found some. Restore a sound backup, or repair and accept the loss",
  source_closed:
    "The source is still closed: let Chainferry reach the server, or run the statements shown there",
  deadline_passed: "The cutover has passed its deadline of {minutes} min: go back, or let it go on",
  hold_missed: "The armed cutover has missed its time: begin now, or disarm it",
  cutover_ready: "Ready to cut over: stop writes, then confirm",
  other: "Open the migration to see what it waits for",
  timeline: "The files are of several timelines: choose the one that is meant",
  target_lost: "The target takes no more files: read the alarm and decide how to go on",
  drift: "Somebody else changed the source: decide how to go on",
  nothing: "Nothing: it goes on by itself",
  done: "Nothing: the database is online",
} as const;

/** Immediate Access: what it costs, before it is chosen. */
export const immediate = {
  open: "What is written after the full backup begins is lost",
  "open.text":
    "RDS opens the database after this one file, and takes no log after it. Writes must stop before the full backup if nothing may be lost.",
  stopped: "Production stands still from the start on",
  "stopped.text":
    "The downtime is measured from the start to the database online; the plan says how long that will be. Rounds and a reserve of imports are not needed.",
  choice: "Writes will be stopped when I start the migration",
  "choice.hint":
    "Stop the applications right before the start. Cancelling it lets them go on: the source is not closed.",
} as const;

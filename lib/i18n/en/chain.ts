export const chain = {
  title: "Restore path",
  note: "in LSN order, widths not to scale",
  table: "Backups in chain order",
  empty: "No header has been read yet.",
  ok: "Chain complete: the target holds everything up to LSN {atLsn}.",
  ok_text:
    "The next log backup must begin at or before this LSN and end after it. A differential must be based on the imported full.",
  begin: "The chain begins with a full backup.",
  begin_text: "None has been imported yet.",
  done: "The chain is closed: the final log is imported and the database was opened.",
  number: "No.",
  applied: "Applied",
  missing: "Missing",
  on_path: "On the path",
  not_used: "Not used",
  held: "Held back",
  lane: "{count, plural, one {# backup} other {# backups}} in LSN order; the table below says the same",
} as const;

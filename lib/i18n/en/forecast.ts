export const forecast = {
  "basis.title": "What this stands on",
  "basis.nothing": "Nothing was measured yet: it stands on what is usual.",
  "basis.measured":
    "{files, plural, one {# measured file} other {# measured files}}, {logs, plural, =0 {none of them a log} one {one of them a log} other {# of them logs}}.",
  "basis.rehearsed": "Stop of writes and opening as in the rehearsal.",
  "basis.not_rehearsed": "Stop of writes and opening as is usual: RDS says within a minute.",
  "basis.log_measured": "The log that waits was measured.",
  "basis.log_by_rate": "The log that waits follows from how fast earlier logs grew.",
  "basis.log_unknown": "How fast the log grows was not measured.",
  "basis.age": "The newest file was begun {age} ago.",
  "basis.wide": "Wide: {logs} of the {needed} logs that a narrow range takes.",
  "basis.narrower_by_rehearsal": "A rehearsal would make it narrower.",
  "basis.narrower_by_rounds": "More log rounds would make it narrower.",
} as const;

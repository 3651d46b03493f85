/** What is possible once RDS has opened the database. */
export const wayback = {
  "possible.title": "After opening: data can come back from RDS ({target}) to the source ({source})",
  "possible.text":
    "RDS’s own backups are those of a SQL Server that the source can restore. It is a restore of the whole database: downtime again, and what the source holds is replaced.",
  "newer_target.title": "After opening: no way back with data. RDS is {target}, the source {source}",
  "newer_target.text":
    "An older SQL Server never restores a backup of a newer one (message 3169). Until RDS opens the database you can go back without loss; after that only to the source as the cutover left it, or to another server of {target} or newer.",
  "unknown.title": "After opening: it is not known whether data could come back to the source",
  "unknown.text":
    "The release of the source or of the instance was not told. Look before you open the database: an older SQL Server never restores a backup of a newer one.",
  "plan.title": "How the data is brought back",
  "plan.stop": "Stop writes on RDS: take the applications off, or make the account read-only.",
  "plan.backup": "Have RDS take a full backup once nobody writes any more, and wait for its end.",
  "plan.fetch": "Download it to the source server, within the life of its link.",
  "plan.unpack": "Unpack the archive and give the backup file this path:",
  "plan.restore":
    "Run the script at the source, with nobody connected. It replaces the database and lets only administrators in.",
  "plan.check": "Compare the rows with those on RDS (above: row counts) and tie users to their logins again.",
  "plan.open": "Run the script’s last line, which opens the database, and point the applications back.",
  "forecast.some":
    "A backup of about {size}. Download: {download}, at the rate of this migration’s uploads. Restore: {restore}, as RDS took for the full backup. Neither the line down nor the source’s disks were measured.",
  "forecast.no_time": "not measured",
  "forecast.unknown": "How long it takes is not known: no full backup was measured.",
  "backup.start": "Have RDS take the backup",
  "backup.not_started": "The backup was not asked for",
  "backup.runs": "RDS is taking it, job {set}.",
  "backup.done": "Set {set} was done {at}. What was written to RDS since then is not in it.",
  "backup.failed": "The backup failed, job {set}.",
  "sets.none": "RDS has no full backup since the database is open.",
  "sets.one": "Set {set}, {at}, {size}",
  "sets.link": "Get the link",
  "sets.no_link": "There is no link",
  "sets.snapshot": "a snapshot: it cannot be downloaded",
  "link.secret":
    "Whoever has this link can download the data. RDS lets it end after some hours; then get another.",
  "link.whole":
    "Whoever has this link can download all databases of the instance. RDS lets it end after some hours; then get another.",
  "link.public": "Copy the public link",
  "link.intranet": "Copy the link for inside Alibaba Cloud",
  script: "Script that restores RDS’s backup at the source",
} as const;

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
  "plan.stop": "Stop writes on RDS: take the applications off, or make the account read-only.",
  "plan.backup": "Have RDS take a full backup (above: first backup) and wait for its end.",
  "plan.fetch":
    "Download it in the RDS console: Backup and Restoration, Data Backup, Download; put the file on the source server.",
  "plan.restore": "Run the script there, with the file’s path. It replaces the database.",
  "plan.check": "Compare the rows, tie users to logins again, and point the applications back.",
  script: "Script that restores RDS’s backup at the source",
} as const;

/** The script for those who take backups themselves. */
export const script = {
  title: "Script for SSMS: take the backup yourself",
  text: "Checksums, compression where the edition has it, one set a file, names that RDS takes. It only says what it would do until you let it run.",
  type: "Backup",
  "type.FULL": "Full",
  "type.DIFF": "Differential",
  "type.LOG": "Log",
  run: "Run, not only check",
  copy: "Copy the script",
  "backup.about":
    "Backups for a migration to ApsaraDB RDS for SQL Server. Run it in SSMS on the source server.",
  "backup.list": "names, one a line or separated by ; or , and empty for every user database",
  "backup.type": "FULL, DIFF or LOG",
  "backup.folder": "a folder of the server, not of your machine",
  "backup.run": "0 only says what would be done, 1 does it",
  "backup.end":
    "Bring every file to the bucket unchanged. Take no other full or log backup until the cutover.",
} as const;

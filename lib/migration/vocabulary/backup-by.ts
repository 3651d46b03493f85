/** `app`: Chainferry takes backups through SQL Server. `others`: files appear by themselves. */
export const BACKUP_BY = ["app", "others"] as const;
export type BackupBy = (typeof BACKUP_BY)[number];

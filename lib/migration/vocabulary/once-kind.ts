/**
 * What must not happen twice: handing a file to RDS, opening the database, taking a backup, dropping a rehearsal, creating
 * an account on RDS, having RDS take a backup.
 */
export const ONCE_KINDS = ["import", "open", "backup", "drop", "account", "rds_backup"] as const;
export type OnceKind = (typeof ONCE_KINDS)[number];

/** What must not happen twice: handing a file to RDS, opening the database, taking a backup, dropping a rehearsal. */
export const ONCE_KINDS = ["import", "open", "backup", "drop"] as const;
export type OnceKind = (typeof ONCE_KINDS)[number];

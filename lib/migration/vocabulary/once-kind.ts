/** What must not happen twice: handing a file to RDS, opening the database, taking a backup. */
export const ONCE_KINDS = ["import", "open", "backup"] as const;
export type OnceKind = (typeof ONCE_KINDS)[number];

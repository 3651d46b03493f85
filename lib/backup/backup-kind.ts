/** What BACKUP takes of a whole database, and RDS imports. */
export const BACKUP_KINDS = ["full", "differential", "log"] as const;
export type BackupKind = (typeof BACKUP_KINDS)[number];

/** What a backup set is, by the type letter in its header (D, I, L, F, G, P, Q). */
export const BACKUP_TYPES = [
  ...BACKUP_KINDS,
  "file",
  "file_differential",
  "partial",
  "partial_differential",
] as const;
export type BackupType = (typeof BACKUP_TYPES)[number];

/** Whether a word that comes from outside (a header, msdb, a step's input) names a backup of a whole database. */
export function isBackupKind(word: unknown): word is BackupKind {
  return BACKUP_KINDS.some((kind) => kind === word);
}

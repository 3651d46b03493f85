/**
 * How RDS restores: `access_pending` keeps the database restoring for further backups until it is opened,
 * `immediate` opens it after the full backup.
 */
export const MIGRATION_METHODS = ["access_pending", "immediate"] as const;
export type MigrationMethod = (typeof MIGRATION_METHODS)[number];
